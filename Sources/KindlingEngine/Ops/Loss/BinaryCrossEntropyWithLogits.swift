// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The cross-entropy of sigmoid(x) for targets between 0 and 1, stable for logits of any size.
    ///
    /// (1 − y) · x + (1 + (p − 1) y) · ln(1 + e⁻ˣ), times the weight; one pass.
    ///
    ///     let logits = Tensor([0.5, -2])
    ///     logits.binaryCrossEntropyWithLogits(Tensor([1.0, 0.0]))
    /// - Parameters:
    ///   - targets: Of the logits' shape, any type.
    ///   - positiveWeight: p, what the positive class counts for; broadcast to the logits' shape.
    ///   - weights: What each element counts for; broadcast to the logits' shape. The mean divides by the number of
    ///     elements, not by the weights.
    ///   - reduction: Mean by default.
    /// - Returns: A scalar, or the logits' shape with `.none`. Refuses shapes that differ and logits of whole numbers.
    public func binaryCrossEntropyWithLogits(
        _ targets: Tensor, positiveWeight: Tensor? = nil, weights: Tensor? = nil, reduction: LossReduction = .mean
    ) -> Tensor {
        .composed([self, targets, positiveWeight, weights]) { () throws(TensorError) in
            try requireReal(name, "logits")
            try requireShape(shape, of: targets, name, "targets")
            let dtype = prepared(for: name).dtype
            var inputs = [self, targets.converted(to: dtype)]
            if let positiveWeight {
                try positiveWeight.requireBroadcast(to: shape, name, "positive weights")
                inputs.append(positiveWeight.converted(to: dtype))
            }
            if let weights {
                try weights.requireBroadcast(to: shape, name, "weights")
                inputs.append(weights.converted(to: dtype))
            }
            let definition =
                positiveWeight == nil
                ? (weights == nil ? plain : weighted) : (weights == nil ? positive : positiveAndWeighted)
            return dispatch(Elementwise(definition: definition, parameters: [], dtype: nil), inputs)
                .reduced(by: reduction)
        }
    }
}

private let name = "binaryCrossEntropyWithLogits"
private let plain = make(positive: false, weighted: false)
private let positive = make(positive: true, weighted: false)
private let weighted = make(positive: false, weighted: true)
private let positiveAndWeighted = make(positive: true, weighted: true)

private func make(positive: Bool, weighted: Bool) -> ElementwiseDefinition {
    let count = 2 + (positive ? 1 : 0) + (weighted ? 1 : 0)
    return ElementwiseDefinition(name, .promoted, inputs: count) { builder in
        let (x, y) = (builder.input(0), builder.input(1))
        let one = builder.constant(1)
        var ramp = builder.apply(.softplus, builder.negate(x))
        if positive {
            let excess = builder.apply(.subtract, builder.input(2), one)
            ramp = builder.apply(.multiply, ramp, builder.apply(.multiplyAdd, excess, y, one))
        }
        let loss = builder.apply(.multiplyAdd, builder.apply(.subtract, one, y), x, ramp)
        return weighted ? builder.apply(.multiply, loss, builder.input(count - 1)) : loss
    }
}
