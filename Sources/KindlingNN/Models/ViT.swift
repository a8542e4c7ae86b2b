// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// A vision transformer: a picture as a sequence of square pieces (Dosovitskiy and others 2021), as torchvision builds it.
///
/// Shapes: `[N, inChannels, imageSize, imageSize]` → `[N, numClasses]`. Each piece becomes a vector by one linear map,
/// which is a convolution that strides by its window; a learned vector for the whole picture goes before them, learned
/// positions are added, a pre-norm transformer with GELU follows, and the first vector gives the classes. Maps begin
/// evenly as Glorot has it, positions with a deviation of 0.02, the last layer as 0, so that all classes begin alike.
///
///     ViT.base()                                              // ViT-B/16: 86,567,656 parameters
///     ViT.tiny(imageSize: 32, patchSize: 4, numClasses: 10)   // for CIFAR
///
/// ``torchvisionNames`` maps torchvision's names, whose queries, keys and values are one matrix.
public final class ViT: Layer {
    /// The vector of the whole picture, `[1, 1, width]`.
    public let classToken = Parameter()
    /// The linear map of each piece.
    public let projection: Conv2D
    /// A vector for each place, `[1, 1 + pieces, width]`.
    public let positions = Parameter()
    private let dropout: Dropout
    /// The transformer.
    public let encoder: TransformerEncoder
    /// The classes' layer.
    public let head: Linear
    private let options: ViTOptions
    private let mistake: LayerError?

    /// How PyTorch's names become ours: torchvision's state dictionaries load with it.
    public static let torchvisionNames = StateRenaming([
        .rename("class_token", "classToken"), .rename("conv_proj", "projection"),
        .rename("encoder.pos_embedding", "positions"), .rename("heads.head", "head"),
        .rename("encoder.ln", "encoder.norm"), .rename("layers.encoder_layer_*", "layers.*"),
        .rename("ln_1", "attentionNorm"), .rename("ln_2", "feedForwardNorm"),
        .rename("mlp.0", "feedForward.input"), .rename("mlp.3", "feedForward.output"),
        .rename("self_attention.out_proj", "attention.output"),
        .split("self_attention.in_proj_*", ["attention.query.*", "attention.key.*", "attention.value.*"]),
    ])

    /// A transformer with such options.
    public init(_ options: ViTOptions) {
        mistake = .found { () throws(LayerError) in try options.check() }
        let options =
            mistake == nil
            ? options : ViTOptions(imageSize: 1, patchSize: 1, width: 1, depth: 1, heads: 1, hidden: 1, numClasses: 1)
        self.options = options
        let (width, patch) = (options.width, options.patchSize)
        let inputs = options.inChannels * patch * patch
        projection = Conv2D(
            options.inChannels, width, kernelSize: patch, stride: patch,
            weightInitializer: .truncatedNormal(standardDeviation: (1 / Double(inputs)).squareRoot()),
            biasInitializer: .zeros)
        dropout = Dropout(rate: options.dropout)
        encoder = TransformerEncoder(
            layers: options.depth,
            TransformerOptions(
                width, heads: options.heads, hidden: options.hidden, dropout: options.dropout, activation: .gelu,
                normFirst: true, epsilon: 1e-6), finalNorm: true)
        head = Linear(width, options.numClasses, weightInitializer: .zeros, biasInitializer: .zeros)
        classToken.build([1, 1, width], .zeros)
        positions.build([1, 1 + options.pieces, width], .normal(standardDeviation: 0.02))
        for layer in encoder.layers { ViT.redraw(layer, width) }
    }

    /// ViT-Tiny: 192 wide, 12 deep, 3 heads.
    public static func tiny(imageSize: Int = 224, patchSize: Int = 16, numClasses: Int = 1000) -> ViT {
        ViT(ViTOptions(imageSize: imageSize, patchSize: patchSize, numClasses: numClasses))
    }

    /// ViT-Base: 768 wide, 12 deep, 12 heads.
    public static func base(imageSize: Int = 224, patchSize: Int = 16, numClasses: Int = 1000) -> ViT {
        ViT(
            ViTOptions(
                imageSize: imageSize, patchSize: patchSize, width: 768, depth: 12, heads: 12, hidden: 3072,
                numClasses: numClasses))
    }

    /// torchvision's first values: those of queries, keys and values as of one matrix of three times the width.
    private static func redraw(_ layer: TransformerEncoderLayer, _ width: Int) {
        let bound = (6 / Double(4 * width)).squareRoot()
        for map in [layer.attention.query, layer.attention.key, layer.attention.value] {
            map.weight.redraw(.uniform(low: -bound, high: bound))
            map.bias?.redraw(.zeros)
        }
        layer.attention.output.bias?.redraw(.zeros)
        for map in [layer.feedForward.input, layer.feedForward.output] {
            map.weight.redraw(.xavierUniform())
            map.bias?.redraw(.normal(standardDeviation: 1e-6))
        }
    }

    /// A number for each class, before softmax.
    public func forward(_ input: Tensor) -> Tensor {
        if let mistake { return input.refused(mistake, by: "ViT") }
        if let refused = input.requiring(side: options.imageSize, by: "ViT") { return refused }
        let pieces = projection(input)
        if pieces.isPlaceholder { return pieces }
        let sequence = pieces.flattened(from: 2).permuted(0, 2, 1)
        let token = classToken.value.expanded(to: [input.shape[0], 1, options.width])
        let placed = Tensor.concatenated([token, sequence], along: 1) + positions.value
        let encoded = encoder(dropout(placed))
        return encoded.isPlaceholder ? encoded : head(encoded[0..., 0])
    }

    static let component = Component<any Layer>(
        "ViT", "A vision transformer: a picture as a sequence of square pieces; ViT-Tiny by default.",
        Field("imageSize", default: 224, in: .atLeast(1), "The pictures' height and width."),
        Field("patchSize", default: 16, in: .atLeast(1), "A piece's height and width, a divisor of image_size."),
        Field("width", default: 192, in: .atLeast(1), "The vectors' size, a multiple of the heads."),
        Field("depth", default: 12, in: .atLeast(1), "How many layers."),
        Field("heads", default: 3, in: .atLeast(1), "The heads of attention."),
        Field<Int?>(
            "hidden", default: nil, in: .atLeast(1), "The width inside a layer; four times the width when null."),
        Field("numClasses", default: 1000, in: .atLeast(1), "How many numbers come out."),
        Field("inChannels", default: 3, in: .atLeast(1), "The pictures' channels."),
        Field("dropout", default: 0.0, in: .fraction, "Share that is zeroed in training.")
    ) { imageSize, patchSize, width, depth, heads, hidden, numClasses, inChannels, dropout in
        let options = ViTOptions(
            imageSize: imageSize, patchSize: patchSize, width: width, depth: depth, heads: heads, hidden: hidden,
            numClasses: numClasses, inChannels: inChannels, dropout: dropout)
        try options.check()
        return ViT(options)
    }
}
