// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations
public import KindlingEngine

/// A residual network (He and others 2016) of 18, 34, 50, 101 or 152 layers, as torchvision builds it.
///
/// Shapes: `[N, inChannels, H, W]` → `[N, numClasses]`. A stem, four stages of blocks with `width`, 2, 4 and 8 times as
/// many channels, each but the first halving the picture, the mean over what is left, and a linear layer. 18 and 34 have
/// blocks of two convolutions, the deeper ones of three with four times the channels, whose middle one strides.
/// Convolutions begin by Kaiming's normal distribution over what goes out.
///
///     ResNet(depth: 50)                                       // ImageNet: 25,557,032 parameters
///     ResNet(depth: 18, numClasses: 10, stem: .cifar)         // 11,173,962 parameters
///
/// Names are torchvision's: `layer1.0.conv1.weight`, `layer2.0.downsample.0.weight`, `fc.bias`;
/// ``torchvisionNames`` maps the rest.
public final class ResNet: Layer {
    /// How the network begins.
    public enum Stem: String, Sendable, Hashable, FieldChoice {
        /// A convolution of 7 with stride 2 and a pooling of 3 with stride 2: a quarter of the size.
        case imagenet
        /// A convolution of 3 with stride 1, for pictures of 32 × 32.
        case cifar
    }

    /// The stem's convolution.
    public let conv1: Conv2D
    /// Its normalization.
    public let bn1: BatchNorm2D
    private let pool: MaxPool2D?
    /// The first stage.
    public let layer1: Sequential
    /// The second stage.
    public let layer2: Sequential
    /// The third stage.
    public let layer3: Sequential
    /// The fourth stage.
    public let layer4: Sequential
    /// The classes' layer.
    public let fc: Linear
    private let mistake: LayerError?

    /// How PyTorch's names become ours: torchvision's state dictionaries load with it.
    public static let torchvisionNames = StateRenaming.pytorchBatchNorm

    /// A network of such a depth.
    /// - Parameters:
    ///   - depth: 18, 34, 50, 101 or 152.
    ///   - numClasses: How many numbers come out, at least 1.
    ///   - inChannels: The pictures' channels, at least 1.
    ///   - stem: How the network begins.
    ///   - width: Channels of the first stage, at least 1; 64 in the paper.
    ///   - zeroInitResidual: Whether blocks begin as the identity: the last normalization of each by 0.
    public init(
        depth: Int = 18, numClasses: Int = 1000, inChannels: Int = 3, stem: Stem = .imagenet, width: Int = 64,
        zeroInitResidual: Bool = false
    ) {
        mistake = .found { () throws(LayerError) in
            try ResNet.check(depth: depth, numClasses: numClasses, inChannels: inChannels, width: width)
        }
        let isSound = mistake == nil
        let (width, channels, classes) = isSound ? (width, inChannels, numClasses) : (1, 1, 1)
        let blocks = isSound ? ResNet.blocks[depth] ?? [] : [1, 1, 1, 1]
        let isDeep = isSound && depth >= 50
        let isLarge = stem == .imagenet
        conv1 = Conv2D(
            channels, width, kernelSize: isLarge ? 7 : 3, stride: isLarge ? 2 : 1, padding: isLarge ? 3 : 1,
            bias: false, weightInitializer: TorchvisionInitializer.convolution)
        bn1 = BatchNorm2D(width)
        pool = isLarge ? MaxPool2D(3, stride: 2, padding: 1) : nil
        var into = width
        func stage(_ number: Int) -> Sequential {
            let layers = (0..<blocks[number]).map { place in
                let block = ResNetBlock(
                    into, width << number, stride: place == 0 && number > 0 ? 2 : 1, isBottleneck: isDeep,
                    zeroInitResidual: zeroInitResidual)
                into = block.outChannels
                return block
            }
            return Sequential(layers)
        }
        layer1 = stage(0)
        layer2 = stage(1)
        layer3 = stage(2)
        layer4 = stage(3)
        fc = Linear(into, classes)
    }

    private static let blocks = [
        18: [2, 2, 2, 2], 34: [3, 4, 6, 3], 50: [3, 4, 6, 3], 101: [3, 4, 23, 3], 152: [3, 8, 36, 3],
    ]

    /// Refuses arguments that cannot be.
    static func check(depth: Int, numClasses: Int, inChannels: Int, width: Int) throws(LayerError) {
        guard blocks[depth] != nil else { throw LayerError("depth", depth, must: "be 18, 34, 50, 101 or 152") }
        try checkModelSize("numClasses", numClasses)
        try checkModelSize("inChannels", inChannels)
        try checkModelSize("width", width, atMost: 1 << 14)
    }

    /// A number for each class, before softmax.
    public func forward(_ input: Tensor) -> Tensor {
        if let mistake { return input.refused(mistake, by: "ResNet") }
        let stem = bn1(conv1(input)).relu()
        let features = layer4(layer3(layer2(layer1(pool?(stem) ?? stem))))
        return features.isPlaceholder ? features : fc(features.globalAveragePooled())
    }

    static let component = Component<any Layer>(
        "ResNet", "A residual network of 18, 34, 50, 101 or 152 layers.",
        Field("depth", default: 18, in: .atLeast(18), "The number of layers: 18, 34, 50, 101 or 152."),
        Field("numClasses", default: 1000, in: .atLeast(1), "How many numbers come out."),
        Field("inChannels", default: 3, in: .atLeast(1), "The pictures' channels."),
        Field("stem", default: Stem.imagenet, "How it begins: for large pictures, or for those of 32 × 32."),
        Field("width", default: 64, in: .atLeast(1), "Channels of the first stage."),
        Field("zeroInitResidual", default: false, "Whether blocks begin as the identity.")
    ) { depth, numClasses, inChannels, stem, width, zeroInitResidual in
        try check(depth: depth, numClasses: numClasses, inChannels: inChannels, width: width)
        return ResNet(
            depth: depth, numClasses: numClasses, inChannels: inChannels, stem: stem, width: width,
            zeroInitResidual: zeroInitResidual)
    }
}
