// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension CPUBackend {
    /// The memory order that oneDNN's kernels like best.
    func libraryLayout(for request: KernelRequest, output: Shape) -> MemoryLayoutPreference {
        if case .convolution(let convolution) = request, convolution.direction != .weightGradient, output.rank >= 3 {
            return .channelsLast
        }
        return .rowMajor
    }
}
