// SPDX-License-Identifier: Apache-2.0
internal import CKernels
internal import KindlingBackend

extension CPUBackend {
    /// Losses and log-sum-exps of rows, or the gradient of the losses.
    func crossEntropy(
        _ entropy: CrossEntropyRequest, _ inputs: Span<Operand>, _ outputs: Span<Operand>
    ) throws(TensorError) {
        let logits = inputs[0]
        var request = kd_cross_entropy()
        request.smoothing = entropy.smoothing
        request.ignored_class = entropy.ignoredClass
        request.rows = Int64(logits.shape[0])
        request.classes = Int64(logits.shape[1])
        request.dtype = logits.dtype.kernelType
        request.logits = UnsafeRawPointer(logits.address)
        request.targets = UnsafePointer(inputs[1].address?.assumingMemoryBound(to: Int64.self))
        try checkClasses(&request)
        let done: Bool
        if entropy.backward {
            request.lse = UnsafeRawPointer(inputs[2].address)
            request.upstream = UnsafeRawPointer(inputs[3].address)
            if entropy.weighted { request.weights = UnsafeRawPointer(inputs[4].address) }
            request.gradient = outputs[0].address
            done = kd_cross_entropy_backward(&request)
        } else {
            if entropy.weighted { request.weights = UnsafeRawPointer(inputs[2].address) }
            request.losses = outputs[0].address
            request.lse_out = outputs[1].address
            done = kd_cross_entropy_forward(&request)
        }
        if !done { throw .noWorkspace("crossEntropy") }
    }

    private func checkClasses(_ request: inout kd_cross_entropy) throws(TensorError) {
        let row = kd_first_bad_class(&request)
        guard row >= 0, let targets = request.targets else { return }
        throw TensorError(
            .indexOutOfRange, operation: "crossEntropy",
            "class \(targets[Int(row)]) of row \(row) is not one of the \(request.classes) classes",
            remedy: "give classes in 0 ..< \(request.classes), or \(request.ignored_class) for rows that do not count")
    }
}
