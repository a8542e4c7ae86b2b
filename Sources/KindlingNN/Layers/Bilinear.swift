// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// y = x₁ᵀ · W · x₂ + b over the last axes of two inputs.
///
/// Shapes: `[…, in1]` and `[…, in2]` → `[…, out]`; weight `[out, in1, in2]`, bias `[out]`, both evenly in ±1/√in1 at
/// first, as PyTorch's. It takes two inputs, so it is no ``Layer`` and stands in no ``Sequential``; ``BilinearBranches``
/// makes both of one, for recipes too.
///
///     let score = Bilinear(64, 32, 1)
///     score(queries, documents)           // [N, 64], [N, 32] → [N, 1]
public final class Bilinear: Module {
    /// `[out, in1, in2]`.
    public let weight: Parameter
    /// `[out]`, or nil.
    public let bias: Parameter?
    private let mistake: LayerError?

    /// A layer between so many features.
    /// - Parameters:
    ///   - firstFeatures: The first input's last size, at least 1.
    ///   - secondFeatures: The second input's last size, at least 1.
    ///   - outFeatures: The output's last size, at least 1.
    ///   - bias: Whether something is added.
    public init(_ firstFeatures: Int, _ secondFeatures: Int, _ outFeatures: Int, bias: Bool = true) {
        let shape: Shape = [outFeatures, firstFeatures, secondFeatures]
        mistake = LayerError.found { () throws(LayerError) in
            try Bilinear.check(firstFeatures, secondFeatures, outFeatures)
        }
        let initializer = Initializer.fanInUniform(fanIn: firstFeatures)
        weight = Parameter(mistake == nil ? shape : [0, 0, 0], initializer)
        self.bias = bias ? Parameter(mistake == nil ? [outFeatures] : [0], initializer) : nil
    }

    static func check(_ firstFeatures: Int, _ secondFeatures: Int, _ outFeatures: Int) throws(LayerError) {
        let sizes = [
            ("firstFeatures", firstFeatures), ("secondFeatures", secondFeatures), ("outFeatures", outFeatures),
        ]
        for (name, size) in sizes where size < 1 { throw LayerError(name, size, must: "be 1 or more") }
        let shape: Shape = [outFeatures, firstFeatures, secondFeatures]
        guard shape.isValid else { throw LayerError("weight", shape, must: "be small enough to be addressed") }
    }

    /// x₁ᵀ · W · x₂ + b.
    public func callAsFunction(_ first: Tensor, _ second: Tensor) -> Tensor {
        ForwardContext.inside(self) { forward(first, second) }
    }

    private func forward(_ first: Tensor, _ second: Tensor) -> Tensor {
        if let mistake { return first.refused(mistake, by: "Bilinear") }
        let fits =
            first.rank >= 1 && first.rank == second.rank
            && first.shape.dimensions.dropLast() == second.shape.dimensions.dropLast()
            && first.shape.last == weight.shape[1] && second.shape.last == weight.shape[2]
        guard fits else {
            return .failed(
                TensorError(
                    .shapeMismatch, operation: "Bilinear",
                    "inputs of shapes \(first.shape) and \(second.shape) do not fit a weight of shape \(weight.shape)",
                    remedy: "give […, \(weight.shape[1])] and […, \(weight.shape[2])], equal before the last axis"),
                first.spec)
        }
        let product = Tensor.einsum("...i,oij,...j->...o", first, weight.value, second)
        return bias.map { product + $0.value } ?? product
    }
}
