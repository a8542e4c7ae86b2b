// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The cross-entropy of softmax(logits) for one class number a row, not reduced: one pass, no probabilities kept.
    ///
    /// (1 − ε) · w[t] · (lse − x[t]) + ε / C · Σ_c w[c] · (lse − x[c]), where lse = log Σ exp x; 0 for rows of the
    /// ignored class.
    ///
    ///     logits.crossEntropyRows(classes)      // [64, 10], [64] → [64]
    /// - Parameters:
    ///   - classes: Class numbers `[N]` for logits `[N, C]`, any integer type.
    ///   - weights: A weight for each class, `[C]`; no gradient flows to it.
    ///   - smoothing: The share ε of each target that is spread over all classes, 0 ... 1 (Szegedy and others 2016).
    ///   - ignoring: Rows of this class do not count.
    /// - Returns: `[N]`.
    public func crossEntropyRows(
        _ classes: Tensor, weights: Tensor? = nil, smoothing: Double = 0, ignoring ignored: Int = -100
    ) -> Tensor {
        guard !classes.dtype.isFloatingPoint, (0...1).contains(smoothing) else {
            let error =
                classes.dtype.isFloatingPoint
                ? TensorError(
                    .dtypeMismatch, operation: "crossEntropy", "classes of \(classes.dtype.name) are not whole numbers",
                    remedy: "give class numbers, or convert them: converted(to: .int64)")
                : TensorError(
                    .invalidValue, operation: "crossEntropy", "a smoothing of \(smoothing) is not within 0 ... 1")
            return .failed(error, TensorSpec(shape: classes.shape, dtype: dtype))
        }
        let request = CrossEntropyRequest(
            smoothing: smoothing, ignoredClass: Int64(ignored), weighted: weights != nil)
        return dispatch(
            CrossEntropyRows(forward: request),
            [self, classes.converted(to: .int64)] + (weights.map { [$0.detached()] } ?? []))
    }
}

private struct CrossEntropyRows: Op {
    let forward: CrossEntropyRequest
    var name: String { "crossEntropy" }

    func output(_ inputs: [Tensor]) throws(TensorError) -> TensorSpec {
        let (logits, classes) = (inputs[0], inputs[1])
        guard logits.dtype.isFloatingPoint else {
            throw TensorError(
                .dtypeMismatch, operation: name, "logits of \(logits.dtype.name) are not floating-point numbers")
        }
        guard logits.rank == 2, classes.rank == 1, classes.shape[0] == logits.shape[0], logits.shape[1] > 0 else {
            throw TensorError(
                .shapeMismatch, operation: name,
                "logits of shape \(logits.shape) do not fit classes of shape \(classes.shape)",
                remedy: "give logits [N, C] and one class number for each row, [N]")
        }
        if inputs.count > 2, inputs[2].shape != [logits.shape[1]] || inputs[2].dtype != logits.dtype {
            throw TensorError(
                .shapeMismatch, operation: name,
                "weights \(inputs[2].spec) do not fit \(logits.shape[1]) classes of \(logits.dtype.name)")
        }
        return TensorSpec(shape: [logits.shape[0]], dtype: logits.dtype)
    }

    func auxiliaries(_ inputs: [Tensor]) -> [TensorSpec] {
        [TensorSpec(shape: [inputs[0].shape[0]], dtype: inputs[0].dtype)]
    }

    func request(_ inputs: [Tensor]) -> KernelRequest { .crossEntropy(forward) }

    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] {
        let rest: [Tensor?] = [nil] + (saved.inputs.count > 2 ? [nil] : [])
        if GradientMode.isRecording {
            // A gradient that shall have a gradient is written in operations that have one.
            return [differentiableGradient(upstream, saved)] + rest
        }
        let gradient = CrossEntropyGradient(
            request: CrossEntropyRequest(
                smoothing: forward.smoothing, ignoredClass: forward.ignoredClass, weighted: forward.weighted,
                backward: true))
        let inputs = [saved.inputs[0], saved.inputs[1], saved.auxiliaries[0], upstream] + saved.inputs.dropFirst(2)
        return [dispatch(gradient, inputs)] + rest
    }

    private func differentiableGradient(_ upstream: Tensor, _ saved: Saved) -> Tensor {
        let (logits, classes) = (saved.inputs[0], saved.inputs[1])
        let count = logits.shape[1]
        let oneHot = classes.oneHot(classes: count).converted(to: logits.dtype)
        var target = oneHot * (1 - forward.smoothing) + forward.smoothing / Double(count)
        if saved.inputs.count > 2 { target = target * saved.inputs[2] }
        let counted = (classes .!= Tensor(Double(forward.ignoredClass), dtype: .int64, on: logits.device))
        let scale = upstream * counted.converted(to: logits.dtype)
        let total = target.sum(over: 1, keepDims: true)
        return scale.insertingAxis(at: 1) * (logits.softmax() * total - target)
    }
}

private struct CrossEntropyGradient: Op {
    let request: CrossEntropyRequest
    var name: String { "gradient of crossEntropy" }

    func output(_ inputs: [Tensor]) -> TensorSpec { inputs[0].spec }
    func request(_ inputs: [Tensor]) -> KernelRequest { .crossEntropy(request) }
    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] { saved.inputs.map { _ in nil } }
}
