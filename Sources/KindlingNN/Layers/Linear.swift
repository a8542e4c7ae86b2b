// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingBackend
public import KindlingEngine

/// y = x · Wᵀ + b over the last axis.
///
/// Shapes: `[…, in]` → `[…, out]`; weight `[out, in]`, bias `[out]`. Both begin evenly in ±1/√in, as PyTorch's do
/// (He et al. 2015 with slope √5).
///
///     let layer = Linear(784, 10)
///     layer(images.flattened(from: 1))      // [64, 784] → [64, 10]
///     Linear(out: 10)                       // takes 784 from its first input
public final class Linear: Layer, LazilyBuilt {
    /// `[out, in]`.
    public let weight = Parameter()
    /// `[out]`, or nil.
    public let bias: Parameter?
    private let outFeatures: Int
    private let weightInitializer: Initializer?
    private let biasInitializer: Initializer?
    private let mistake: LayerError?

    /// A layer between so many features.
    /// - Parameters:
    ///   - inFeatures: The input's last size, at least 1.
    ///   - outFeatures: The output's last size, at least 1.
    ///   - bias: Whether something is added.
    ///   - weightInitializer: How the weight begins; evenly in ±1/√in where none is given.
    ///   - biasInitializer: How the bias begins; as the weight where none is given.
    public convenience init(
        _ inFeatures: Int, _ outFeatures: Int, bias: Bool = true, weightInitializer: Initializer? = nil,
        biasInitializer: Initializer? = nil
    ) {
        self.init(
            in: inFeatures, out: outFeatures, bias: bias, weightInitializer: weightInitializer,
            biasInitializer: biasInitializer)
    }

    /// A layer that takes the number of features that go in from its first input.
    public convenience init(
        out outFeatures: Int, bias: Bool = true, weightInitializer: Initializer? = nil,
        biasInitializer: Initializer? = nil
    ) {
        self.init(
            in: nil, out: outFeatures, bias: bias, weightInitializer: weightInitializer,
            biasInitializer: biasInitializer)
    }

    private init(
        in inFeatures: Int?, out outFeatures: Int, bias: Bool, weightInitializer: Initializer?,
        biasInitializer: Initializer?
    ) {
        mistake = .found { () throws(LayerError) in
            if let inFeatures { try checkSize("inFeatures", inFeatures) }
            try checkSize("outFeatures", outFeatures)
        }
        self.outFeatures = outFeatures
        self.weightInitializer = weightInitializer
        self.biasInitializer = biasInitializer
        self.bias = bias ? Parameter() : nil
        if mistake == nil, let inFeatures { build(inFeatures: inFeatures) }
    }

    /// Whether the number of features that go in is known.
    public var isBuilt: Bool { weight.isBuilt }

    /// Takes the number of features that go in from an input `[…, in]`.
    public func build(for input: Shape) throws(TensorError) {
        if let mistake { throw mistake.noted(by: "Linear") }
        guard input.rank >= 1 else {
            throw TensorError(
                .shapeMismatch, operation: "linear", "an input of shape \(input) has no axis of features",
                remedy: "give it inputs [N, features]")
        }
        build(inFeatures: input.last)
    }

    private func build(inFeatures: Int) {
        let initializer = Initializer.fanInUniform(fanIn: inFeatures)
        weight.build([outFeatures, inFeatures], weightInitializer ?? initializer)
        bias?.build([outFeatures], biasInitializer ?? initializer)
    }

    /// x · Wᵀ + b.
    public func forward(_ input: Tensor) -> Tensor {
        if let mistake { return input.refused(mistake, by: "Linear") }
        return input.linear(weight: weight.value, bias: bias?.value)
    }

    /// Keras' `Dense`.
    public var kerasName: String { "dense" }

    /// Keras keeps the kernel as `[in, out]`.
    public var kerasWeights: [KerasWeight] {
        [KerasWeight(.parameter(weight), axes: [1, 0])] + (bias.map { [KerasWeight(.parameter($0))] } ?? [])
    }

    static let component = Component<any Layer>(
        "Linear", "A learned linear map of the last axis.",
        Field<Int?>("inFeatures", default: nil, in: .atLeast(1), "Features that go in; null takes the input's."),
        Field<Int>(required: "outFeatures", in: .atLeast(1), "Features that come out."),
        Field("bias", default: true, "Whether something is added."),
        Field(
            optional: "weightInitializer", of: InitializerKind.kind,
            "How the weight begins; null is evenly in ±1/√in_features."),
        Field(optional: "biasInitializer", of: InitializerKind.kind, "How the bias begins; null as the weight's null.")
    ) { inFeatures, outFeatures, bias, weightInitializer, biasInitializer in
        guard let inFeatures else {
            return Linear(
                out: outFeatures, bias: bias, weightInitializer: weightInitializer, biasInitializer: biasInitializer)
        }
        return Linear(
            inFeatures, outFeatures, bias: bias, weightInitializer: weightInitializer,
            biasInitializer: biasInitializer)
    }
}
