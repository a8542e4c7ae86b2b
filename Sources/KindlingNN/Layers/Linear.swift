// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingBackend
public import KindlingEngine

/// y = x · Wᵀ + b over the last axis.
///
/// Shapes: `[…, in]` → `[…, out]`; weight `[out, in]`, bias `[out]`. Both begin evenly in ±1/√in, as PyTorch's do
/// (He et al. 2015 with slope √5).
///
///     let layer = Linear(784, 10)
///     layer(images.flattened(from: 1))      // [64, 784] → [64, 10]
public final class Linear: Layer {
    /// `[out, in]`.
    public let weight: Parameter
    /// `[out]`, or nil.
    public let bias: Parameter?

    /// A layer between so many features.
    /// - Parameters:
    ///   - inFeatures: The input's last size, at least 1.
    ///   - outFeatures: The output's last size, at least 1.
    ///   - bias: Whether something is added.
    public init(_ inFeatures: Int, _ outFeatures: Int, bias: Bool = true) {
        let initializer = Initializer.fanInUniform(fanIn: inFeatures)
        weight = Parameter([outFeatures, inFeatures], initializer)
        self.bias = bias ? Parameter([outFeatures], initializer) : nil
    }

    /// x · Wᵀ + b.
    public func forward(_ input: Tensor) -> Tensor { input.linear(weight: weight.value, bias: bias?.value) }

    /// Keras' `Dense`.
    public var kerasName: String { "dense" }

    /// Keras keeps the kernel as `[in, out]`.
    public var kerasWeights: [KerasWeight] {
        [KerasWeight(.parameter(weight), axes: [1, 0])] + (bias.map { [KerasWeight(.parameter($0))] } ?? [])
    }

    static let component = Component<any Layer>(
        "Linear", "A learned linear map of the last axis.",
        Field<Int>(required: "inFeatures", in: .atLeast(1), "Features that go in."),
        Field<Int>(required: "outFeatures", in: .atLeast(1), "Features that come out."),
        Field("bias", default: true, "Whether something is added.")
    ) { inFeatures, outFeatures, bias in Linear(inFeatures, outFeatures, bias: bias) }
}
