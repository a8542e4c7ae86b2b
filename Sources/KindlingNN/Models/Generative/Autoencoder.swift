// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// Describes its input by few numbers and makes the input of them again (Hinton and Salakhutdinov 2006).
///
/// decoder(encoder(x)), in the input's shape `[N, …]`. It learns from targets that are its inputs, such as those of
/// MNIST with `target: input`; what comes out are logits for a binary cross-entropy, or numbers for a squared error.
///
///     Autoencoder(784, hidden: [256], latent: 32)                                // layers of MLPs
///     Autoencoder(encoder: convolutions, decoder: transposedConvolutions)        // any layers
public final class Autoencoder: Layer {
    /// From an input to the few numbers.
    public let encoder: any Layer
    /// From the few numbers to as many as an input has.
    public let decoder: any Layer

    /// Puts an encoder and a decoder together; the decoder's result has as many elements as the encoder's input.
    public init(encoder: any Layer, decoder: any Layer) {
        self.encoder = encoder
        self.decoder = decoder
    }

    /// Linear layers with ReLU between, and the same backwards.
    /// - Parameters:
    ///   - inFeatures: Numbers of one sample, all axes together.
    ///   - hidden: The widths between, outermost first.
    ///   - latent: How many numbers describe a sample.
    public convenience init(_ inFeatures: Int, hidden: [Int] = [128], latent: Int = 32) {
        self.init(
            encoder: MLP(inFeatures, hidden: hidden, latent),
            decoder: MLP(latent, hidden: hidden.reversed(), inFeatures))
    }

    /// The input as the decoder makes it.
    public func forward(_ input: Tensor) -> Tensor { decoder(encoder(input)).inShape(of: input, "Autoencoder") }

    static let component = Component<any Layer>(
        "Autoencoder", "Describes its input by few numbers and makes it of them again.",
        Field<Int?>(
            "inFeatures", default: nil, in: .atLeast(1), "Numbers of one sample; null with layers of one's own."),
        Field("hidden", default: [128], in: .atLeast(1), "The widths between, outermost first."),
        Field("latent", default: 32, in: .atLeast(1), "How many numbers describe a sample."),
        Field(optional: "encoder", of: LayerKind.kind, "Layers of one's own from input to latent numbers."),
        Field(optional: "decoder", of: LayerKind.kind, "Layers of one's own from latent numbers to the input.")
    ) { inFeatures, hidden, latent, encoder, decoder in
        let width = try CoderParts.width(inFeatures, encoder, decoder)
        return Autoencoder(
            encoder: encoder ?? MLP(width, hidden: hidden, latent),
            decoder: decoder ?? MLP(latent, hidden: hidden.reversed(), width))
    }
}

/// What autoencoders in recipes have in common.
enum CoderParts {
    /// The inputs' features, which layers made here need to know.
    static func width(_ inFeatures: Int?, _ encoder: (any Layer)?, _ decoder: (any Layer)?) throws(LayerError) -> Int {
        if let inFeatures { return inFeatures }
        guard encoder != nil, decoder != nil else {
            throw LayerError(what: "in_features is needed unless encoder and decoder are both given")
        }
        return 1
    }
}

extension Tensor {
    /// A reconstruction in the shape of what it reconstructs.
    func inShape(of input: Tensor, _ operation: String) -> Tensor {
        if shape == input.shape || isPlaceholder { return self }
        guard elementCount == input.elementCount else {
            let error = TensorError(
                .shapeMismatch, operation: operation,
                "the decoder makes \(shape) of an input of shape \(input.shape)",
                remedy: "let the decoder end with as many features as a sample has")
            return .failed(error, input.spec)
        }
        return reshaped(to: input.shape)
    }
}
