// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// exp(x) / Σ exp(x) along an axis, shifted so that nothing overflows: positive numbers that sum to one.
    ///
    ///     Tensor([0.0, 0.0]).softmax()      // [0.5, 0.5]
    public func softmax(over axis: Int = -1) -> Tensor { softmax(axis, logarithm: false) }

    /// The logarithm of the softmax along an axis: x − log Σ exp(x).
    ///
    ///     Tensor([0.0, 0.0]).logSoftmax()      // [-0.6931, -0.6931]
    public func logSoftmax(over axis: Int = -1) -> Tensor { softmax(axis, logarithm: true) }

    private func softmax(_ axis: Int, logarithm: Bool) -> Tensor {
        guard let resolved = shape.axis(axis) else {
            return .failed(
                TensorError(
                    .invalidAxis, operation: logarithm ? "logSoftmax" : "softmax",
                    "axis \(axis) does not exist in shape \(shape)"), spec)
        }
        let op = SoftmaxRows(logarithm: logarithm)
        if resolved == rank - 1 { return dispatch(op, [self]) }
        return dispatch(op, [transposed(resolved, -1)]).transposed(resolved, -1)
    }
}

private func requireReal(_ input: Tensor, _ name: String) throws(TensorError) {
    guard input.dtype.isFloatingPoint else {
        throw TensorError(
            .dtypeMismatch, operation: name, "\(input.dtype.name) is not a floating-point type",
            remedy: "convert it: converted(to: .float32)")
    }
}

private struct SoftmaxRows: Op {
    let logarithm: Bool
    var name: String { logarithm ? "logSoftmax" : "softmax" }

    func output(_ inputs: [Tensor]) throws(TensorError) -> TensorSpec {
        try requireReal(inputs[0], name)
        return inputs[0].spec
    }

    func request(_ inputs: [Tensor]) -> KernelRequest {
        .softmax(SoftmaxRequest(logarithm: logarithm, backward: false))
    }

    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] {
        [dispatch(SoftmaxGradient(logarithm: logarithm), [upstream, saved.output])]
    }
}

/// y (g − Σ g y), or g − exp(y) Σ g for the logarithm, in one pass.
private struct SoftmaxGradient: Op {
    let logarithm: Bool
    var name: String { "gradient of softmax" }

    func output(_ inputs: [Tensor]) -> TensorSpec { inputs[1].spec }
    func request(_ inputs: [Tensor]) -> KernelRequest { .softmax(SoftmaxRequest(logarithm: logarithm, backward: true)) }

    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] {
        let (g, y) = (saved.inputs[0], saved.inputs[1])
        if logarithm {
            let probabilities = y.exp()
            let weighted = (upstream * probabilities).sum(over: -1, keepDims: true)
            return [upstream - weighted, -(upstream * probabilities * g.sum(over: -1, keepDims: true))]
        }
        let weighted = (upstream * y).sum(over: -1, keepDims: true)
        let total = (g * y).sum(over: -1, keepDims: true)
        return [y * (upstream - weighted), upstream * (g - total) - g * weighted]
    }
}
