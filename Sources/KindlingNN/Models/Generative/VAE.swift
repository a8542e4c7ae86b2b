// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// A variational autoencoder: describes its input by a distribution of few numbers (Kingma and Welling 2014).
///
/// μ and ln σ² are linear maps of the encoder's result; z = μ + σ ε, with ε by Gauss' bell curve, goes into the decoder,
/// whose result has the input's shape `[N, …]`. In evaluation z = μ.
///
/// What it learns from is the reconstruction's loss, which is the recipe's or the loop's, plus β · KL, which the model
/// itself adds to the loss of the pass, as `kl`; see ``KindlingEngine/ForwardContext/addLoss(_:_:)``. The divergence is
/// −½ Σ (1 + ln σ² − μ² − σ²), divided by all elements of the input: beside a loss that is the mean over all elements,
/// such as `BinaryCrossEntropyWithLogits`, β = 1 gives the evidence lower bound, divided by a sample's size.
///
///     VAE(784, hidden: [400], latent: 20)
///
///     # as a recipe
///     data: {type: MNIST, target: input}
///     model: {type: VAE, in_features: 784, hidden: [400], latent: 20, beta: 1}
///     loss: BinaryCrossEntropyWithLogits
public final class VAE: Layer {
    /// From an input to features, `[N, …]`.
    public let encoder: any Layer
    /// From the features to μ.
    public let mean: Linear
    /// From the features to ln σ².
    public let logVariance: Linear
    /// From z, `[N, latent]`, to as many numbers as an input has.
    public let decoder: any Layer
    private let latent: Int
    private let beta: Double
    private let mistake: LayerError?

    /// Puts an encoder and a decoder together.
    /// - Parameters:
    ///   - encoder: From an input to features; all axes but the first become one.
    ///   - decoder: From `[N, latent]` to as many elements as an input has.
    ///   - latent: How many numbers describe a sample, at least 1.
    ///   - beta: What the divergence counts for, 0 or more (Higgins and others 2017).
    public init(encoder: any Layer, decoder: any Layer, latent: Int, beta: Double = 1) {
        mistake = .found { () throws(LayerError) in try VAE.check(latent, beta) }
        self.encoder = encoder
        self.decoder = decoder
        self.latent = mistake == nil ? latent : 1
        self.beta = beta
        mean = Linear(out: self.latent)
        logVariance = Linear(out: self.latent)
    }

    /// Linear layers, each with ReLU behind it, and a perceptron backwards.
    /// - Parameters:
    ///   - inFeatures: Numbers of one sample, all axes together.
    ///   - hidden: The widths between, outermost first.
    ///   - latent: How many numbers describe a sample, at least 1.
    ///   - beta: What the divergence counts for, 0 or more.
    public convenience init(_ inFeatures: Int, hidden: [Int] = [400], latent: Int = 20, beta: Double = 1) {
        self.init(
            encoder: VAE.encoder(inFeatures, hidden), decoder: MLP(latent, hidden: hidden.reversed(), inFeatures),
            latent: latent, beta: beta)
    }

    private static func encoder(_ inFeatures: Int, _ hidden: [Int]) -> any Layer {
        var layers: [any Layer] = [Flatten()]
        for (before, width) in zip([inFeatures] + hidden, hidden) { layers += [Linear(before, width), ReLU()] }
        return Sequential(layers)
    }

    /// Refuses arguments that cannot be.
    static func check(_ latent: Int, _ beta: Double) throws(LayerError) {
        try checkSize("latent", latent)
        guard beta >= 0, beta.isFinite else { throw LayerError("beta", beta, must: "be a number from 0 on") }
    }

    /// The input as the decoder makes it; adds β · KL to the loss of the pass.
    public func forward(_ input: Tensor) -> Tensor {
        if let mistake { return input.refused(mistake, by: "VAE") }
        let (mean, logVariance) = encode(input)
        ForwardContext.addLoss("kl", divergence(mean, logVariance) * (beta / Double(max(1, input.elementCount))))
        var sample = mean
        if ForwardContext.phase == .training {
            let noise = ForwardContext.withRandom {
                Tensor.normal(mean.shape, from: &$0, dtype: mean.dtype, on: mean.device)
            }
            sample = mean + (logVariance * 0.5).exp() * noise
        }
        return decoder(sample).inShape(of: input, "VAE")
    }

    /// μ and ln σ² of what describes each input, `[N, latent]` each.
    public func encode(_ input: Tensor) -> (mean: Tensor, logVariance: Tensor) {
        let features = encoder(input)
        let flat = features.rank == 2 ? features : features.flattened(from: 1)
        return (mean(flat), logVariance(flat))
    }

    /// What the decoder makes of numbers by Gauss' bell curve: new samples, in the decoder's shape.
    /// - Parameters:
    ///   - count: How many.
    ///   - seed: What they follow from.
    /// - Throws: the first `TensorError` inside.
    public func sample(_ count: Int, seed: UInt64 = 0) throws -> Tensor {
        var stream = RandomStream(seed: seed)["sample"]
        let (dtype, device) = (mean.weight.dtype, mean.weight.value.device)
        return try decoder.predict(
            try withTensorErrors { .normal([count, latent], from: &stream, dtype: dtype, on: device) })
    }

    /// −½ Σ (1 + ln σ² − μ² − σ²), shape [].
    private func divergence(_ mean: Tensor, _ logVariance: Tensor) -> Tensor {
        (1 + logVariance - mean.squared() - logVariance.exp()).sum() * -0.5
    }

    static let component = Component<any Layer>(
        "VAE", "A variational autoencoder; adds beta · KL to the loss of the reconstruction.",
        Field<Int?>(
            "inFeatures", default: nil, in: .atLeast(1), "Numbers of one sample; null with layers of one's own."),
        Field("hidden", default: [400], in: .atLeast(1), "The widths between, outermost first."),
        Field("latent", default: 20, in: .atLeast(1), "How many numbers describe a sample."),
        Field("beta", default: 1.0, in: .nonNegative, "What the divergence counts for beside a mean over elements."),
        Field(optional: "encoder", of: LayerKind.kind, "Layers of one's own from input to features."),
        Field(optional: "decoder", of: LayerKind.kind, "Layers of one's own from latent numbers to the input.")
    ) { inFeatures, hidden, latent, beta, encoder, decoder in
        let width = try CoderParts.width(inFeatures, encoder, decoder)
        try check(latent, beta)
        return VAE(
            encoder: encoder ?? VAE.encoder(width, hidden),
            decoder: decoder ?? MLP(latent, hidden: hidden.reversed(), width), latent: latent, beta: beta)
    }
}
