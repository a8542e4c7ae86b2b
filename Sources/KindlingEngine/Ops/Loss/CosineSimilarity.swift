// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The cosine of the angle between vectors along an axis.
    ///
    /// x · y / (max(‖x‖, ε) · max(‖y‖, ε)).
    ///
    ///     Tensor([[1.0, 0.0]]).cosineSimilarity(to: Tensor([[1.0, 1.0]]))     // [0.7071]
    /// - Parameters:
    ///   - other: Of a shape that broadcasts with this one.
    ///   - axis: Of the broadcast shape; the last by default.
    ///   - epsilon: The smallest length that divides, above 0; at least 10⁻⁴ in float16.
    /// - Returns: The broadcast shape without the axis. Refuses shapes that do not fit, whole numbers and axes that do
    ///   not exist.
    public func cosineSimilarity(to other: Tensor, along axis: Int = -1, epsilon: Double = 1e-8) -> Tensor {
        .composed([self, other]) { () throws(TensorError) in
            let name = "cosineSimilarity"
            try requireReal(name, "vectors")
            try other.requireReal(name, "vectors")
            try requireDevice(of: other, name)
            try requireNumber(epsilon, name, "an epsilon", "a positive number") { $0 > 0 }
            guard let common = shape.broadcast(with: other.shape) else {
                throw TensorError(
                    .shapeMismatch, operation: name,
                    "shapes \(shape) and \(other.shape) do not fit: sizes must be equal, or 1",
                    remedy: "reshape or expand one of them")
            }
            guard let resolved = common.axis(axis) else {
                throw TensorError(
                    .invalidAxis, operation: name, "axis \(axis) does not exist in shape \(common)")
            }
            let (x, y) = (
                prepared(for: name).expanded(to: common), other.prepared(for: name).expanded(to: common)
            )
            // Squares of smaller lengths vanish in float16, and gradients of 1 / ε would be infinite.
            let least = x.dtype.promoted(with: y.dtype) == .float16 ? Swift.max(epsilon, 1e-4) : epsilon
            let lengths = [(x * x).sum(over: resolved), (y * y).sum(over: resolved)]
            return dispatch(
                Elementwise(definition: cosine, parameters: [least * least], dtype: nil),
                [(x * y).sum(over: resolved)] + lengths)
        }
    }

    /// 1 − cos(x, y) for pairs that belong together, max(0, cos(x, y) − m) for pairs that do not.
    ///
    ///     first.cosineEmbeddingLoss(second, Tensor([1.0, -1.0]), margin: 0.2)
    /// - Parameters:
    ///   - other: Of this tensor's shape `[…, D]`.
    ///   - targets: 1 or −1 for each pair, `[…]`; pairs of other targets have no loss.
    ///   - margin: m, −1 ... 1, 0 by default.
    ///   - reduction: Mean by default.
    /// - Returns: A scalar, or `[…]` with `.none`. Refuses shapes that do not fit, vectors of whole numbers and a margin
    ///   out of range.
    public func cosineEmbeddingLoss(
        _ other: Tensor, _ targets: Tensor, margin: Double = 0, reduction: LossReduction = .mean
    ) -> Tensor {
        .composed([self, other, targets]) { () throws(TensorError) in
            let name = "cosineEmbeddingLoss"
            try requireReal(name, "vectors")
            try requireVectors(name)
            try requireShape(shape, of: other, name, "other vectors")
            try requireShape(shape.removing(axis: rank - 1), of: targets, name, "targets")
            try requireNumber(margin, name, "a margin", "within -1 ... 1") { (-1...1).contains($0) }
            let x = prepared(for: name)
            let similarity = x.cosineSimilarity(to: other.converted(to: x.dtype))
            let dtype = x.dtype
            let signs = targets.converted(to: dtype)
            let one = Tensor(1, dtype: dtype, on: device)
            let apart = (similarity - margin).relu().selected(where: signs .== -one, else: one.zerosLike())
            return (1 - similarity).selected(where: signs .== one, else: apart).reduced(by: reduction)
        }
    }
}

/// From x · y, x · x and y · y.
private let cosine = ElementwiseDefinition("cosineSimilarity", .promoted, inputs: 3, parameters: 1) { builder in
    let least = builder.parameter(0)
    let first = builder.apply(.reciprocalSquareRoot, builder.apply(.maximum, builder.input(1), least))
    let second = builder.apply(.reciprocalSquareRoot, builder.apply(.maximum, builder.input(2), least))
    return builder.apply(.multiply, builder.apply(.multiply, builder.input(0), first), second)
}
