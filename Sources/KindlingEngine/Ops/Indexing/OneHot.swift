// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// Class numbers as rows of zeros with a one: `[…]` → `[…, classes]`, float32.
    ///
    /// Numbers outside give zeros.
    ///
    ///     Tensor([2, 0]).oneHot(classes: 3)      // [[0, 0, 1], [1, 0, 0]]
    public func oneHot(classes: Int) -> Tensor {
        (insertingAxis(at: -1) .== .indices(classes, on: device)).converted(to: .float32)
    }
}
