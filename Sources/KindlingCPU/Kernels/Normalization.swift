// SPDX-License-Identifier: Apache-2.0
internal import CKernels
internal import KindlingBackend

extension CPUBackend {
    /// Normalization of channels or rows, or its gradient.
    func normalization(
        _ normalization: NormalizationRequest, _ inputs: Span<Operand>, _ outputs: Span<Operand>
    ) throws(TensorError) {
        let place = normalization.backward ? 1 : 0  // of x, behind the upstream gradient
        var request = kd_normalization()
        request.epsilon = normalization.epsilon
        request.dtype = inputs[place].dtype.kernelType
        describe(inputs[place], normalization, &request)
        request.x = UnsafeRawPointer(inputs[place].address)
        let done: Bool
        if normalization.backward {
            request.upstream = UnsafeRawPointer(inputs[0].address)
            request.mean = UnsafeRawPointer(inputs[2].address)
            request.variance = UnsafeRawPointer(inputs[3].address)
            if normalization.weighted { request.weight = UnsafeRawPointer(inputs[4].address) }
            request.gradient = outputs[0].address
            if normalization.weighted { request.weight_gradient = outputs[1].address }
            if normalization.biased { request.bias_gradient = outputs[normalization.weighted ? 2 : 1].address }
            done = kd_normalize_gradient(&request)
        } else {
            if normalization.weighted { request.weight = UnsafeRawPointer(inputs[1].address) }
            if normalization.biased { request.bias = UnsafeRawPointer(inputs[normalization.weighted ? 2 : 1].address) }
            request.y = outputs[0].address
            request.mean_out = outputs[1].address
            request.variance_out = outputs[2].address
            done = kd_normalize(&request)
        }
        if !done { throw .noWorkspace("normalization") }
    }

    /// Where the groups lie in x.
    private func describe(_ x: Operand, _ normalization: NormalizationRequest, _ request: inout kd_normalization) {
        let shape = x.shape
        request.inner = 1
        guard normalization.group == .channel else {
            request.by_row = true
            request.centered = normalization.group == .row
            request.outer = Int64(shape[0])
            request.count = Int64(shape[1])
            return
        }
        request.centered = true
        request.count = Int64(shape[1])
        var inner = 1
        for axis in 2..<max(2, shape.rank) { inner *= shape[axis] }
        // In channels-last order each picture is `inner` rows of channels.
        request.outer = Int64(x.isRowMajor ? shape[0] : shape[0] * inner)
        if x.isRowMajor { request.inner = Int64(inner) }
    }
}
