// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// A small network of inverted residuals and depthwise convolutions (Sandler and others 2018), as torchvision builds it.
///
/// Shapes: `[N, inChannels, H, W]` → `[N, numClasses]`. A stem, 17 blocks, a convolution of 1 to 1280 channels, the mean
/// of each, dropout and a linear layer. `widthMultiplier` scales all channels, rounded to multiples of 8, but never below
/// nine tenths; the 1280 only grow. Convolutions begin by Kaiming's normal distribution over what goes out.
///
///     MobileNetV2()                                           // ImageNet: 3,504,872 parameters
///     MobileNetV2(numClasses: 10, stemStride: 1)              // for pictures of 32 × 32
///
/// Names are torchvision's: `features.1.conv.0.0.weight`, `classifier.1.bias`; ``torchvisionNames`` maps the rest.
public final class MobileNetV2: Layer {
    /// Stem, blocks and the last convolution.
    public let features: Sequential
    /// Dropout and the classes' layer.
    public let classifier: Sequential
    private let mistake: LayerError?

    /// How PyTorch's names become ours: torchvision's state dictionaries load with it.
    public static let torchvisionNames = StateRenaming.pytorchBatchNorm

    /// A network of such a width.
    /// - Parameters:
    ///   - numClasses: How many numbers come out, at least 1.
    ///   - inChannels: The pictures' channels, at least 1.
    ///   - widthMultiplier: What channels are multiplied by, above 0 and at most 64.
    ///   - stemStride: The first convolution's stride, 1 or 2; 1 keeps small pictures from shrinking too early.
    ///   - dropout: The share of features that is zeroed in training before the last layer, 0 ... 1.
    public init(
        numClasses: Int = 1000, inChannels: Int = 3, widthMultiplier: Double = 1, stemStride: Int = 2,
        dropout: Double = 0.2
    ) {
        mistake = .found { () throws(LayerError) in
            try MobileNetV2.check(numClasses, inChannels, widthMultiplier, stemStride, dropout)
        }
        let isSound = mistake == nil
        let factor = isSound ? widthMultiplier : 0.1
        var channels = MobileNetV2.width(32, times: factor)
        var layers: [any Layer] = [
            convolution(isSound ? inChannels : 1, channels, kernelSize: 3, stride: isSound ? stemStride : 1)
        ]
        for stage in MobileNetV2.stages {
            let width = MobileNetV2.width(stage.channels, times: factor)
            for place in 0..<stage.count {
                layers.append(
                    InvertedResidual(
                        channels, width, stride: place == 0 ? stage.stride : 1, expansion: stage.expansion))
                channels = width
            }
        }
        let last = MobileNetV2.width(1280, times: max(1, factor))
        layers.append(convolution(channels, last, kernelSize: 1))
        features = Sequential(layers)
        classifier = Sequential {
            Dropout(rate: dropout)
            Linear(
                last, isSound ? numClasses : 1, weightInitializer: TorchvisionInitializer.linear,
                biasInitializer: .zeros)
        }
    }

    /// The paper's table 2.
    private static let stages: [(expansion: Int, channels: Int, count: Int, stride: Int)] = [
        (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1),
    ]

    /// The nearest multiple of 8, at least 8, and at least nine tenths of the product.
    private static func width(_ channels: Int, times factor: Double) -> Int {
        let product = Double(channels) * factor
        let rounded = max(8, Int(product + 4) / 8 * 8)
        return Double(rounded) < 0.9 * product ? rounded + 8 : rounded
    }

    /// Refuses arguments that cannot be.
    static func check(
        _ numClasses: Int, _ inChannels: Int, _ widthMultiplier: Double, _ stemStride: Int, _ dropout: Double
    ) throws(LayerError) {
        try checkModelSize("numClasses", numClasses)
        try checkModelSize("inChannels", inChannels)
        guard widthMultiplier > 0, widthMultiplier <= 64 else {
            throw LayerError("widthMultiplier", widthMultiplier, must: "be above 0 and at most 64")
        }
        guard (1...2).contains(stemStride) else { throw LayerError("stemStride", stemStride, must: "be 1 or 2") }
        try checkRate("dropout", dropout)
    }

    /// A number for each class, before softmax.
    public func forward(_ input: Tensor) -> Tensor {
        if let mistake { return input.refused(mistake, by: "MobileNetV2") }
        let found = features(input)
        return found.isPlaceholder ? found : classifier(found.globalAveragePooled())
    }

    static let component = Component<any Layer>(
        "MobileNetV2", "A small network of inverted residuals and depthwise convolutions.",
        Field("numClasses", default: 1000, in: .atLeast(1), "How many numbers come out."),
        Field("inChannels", default: 3, in: .atLeast(1), "The pictures' channels."),
        Field("widthMultiplier", default: 1.0, in: .positive, "What channels are multiplied by."),
        Field("stemStride", default: 2, in: .atLeast(1), "The first convolution's stride, 1 or 2."),
        Field("dropout", default: 0.2, in: .fraction, "Share zeroed in training before the last layer.")
    ) { numClasses, inChannels, widthMultiplier, stemStride, dropout in
        try check(numClasses, inChannels, widthMultiplier, stemStride, dropout)
        return MobileNetV2(
            numClasses: numClasses, inChannels: inChannels, widthMultiplier: widthMultiplier, stemStride: stemStride,
            dropout: dropout)
    }
}

/// Few channels, many, a depthwise convolution of 3, and few again, with a way around where the shape stays.
private final class InvertedResidual: Layer {
    let conv: Sequential
    private let isResidual: Bool

    init(_ inChannels: Int, _ outChannels: Int, stride: Int, expansion: Int) {
        let hidden = inChannels * expansion
        var layers: [any Layer] = expansion == 1 ? [] : [convolution(inChannels, hidden, kernelSize: 1)]
        layers.append(convolution(hidden, hidden, kernelSize: 3, stride: stride, groups: hidden))
        layers.append(
            Conv2D(
                hidden, outChannels, kernelSize: 1, bias: false,
                weightInitializer: TorchvisionInitializer.convolution))
        layers.append(BatchNorm2D(outChannels))
        conv = Sequential(layers)
        isResidual = stride == 1 && inChannels == outChannels
    }

    func forward(_ input: Tensor) -> Tensor { isResidual ? input + conv(input) : conv(input) }
}

/// A convolution, a normalization and a ReLU that ends at 6.
private func convolution(
    _ inChannels: Int, _ outChannels: Int, kernelSize: Int, stride: Int = 1, groups: Int = 1
) -> Sequential {
    Sequential {
        Conv2D(
            inChannels, outChannels, kernelSize: kernelSize, stride: stride, padding: kernelSize / 2, groups: groups,
            bias: false, weightInitializer: TorchvisionInitializer.convolution)
        BatchNorm2D(outChannels)
        ReLU6()
    }
}
