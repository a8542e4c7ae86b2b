// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations
public import KindlingEngine

/// A network of 11, 13, 16 or 19 layers with windows of 3 alone (Simonyan and Zisserman 2015), as torchvision builds it.
///
/// Shapes: `[N, inChannels, H, W]` → `[N, numClasses]`, with H and W at least 32. Five groups of convolutions, each ended
/// by a pooling that halves the picture; then the classifier. Convolutions begin by Kaiming's normal distribution over
/// what goes out, linear layers with a deviation of 0.01, biases as 0.
///
///     VGG(depth: 16, batchNorm: true)                                 // ImageNet: 138,365,992 parameters
///     VGG(depth: 11, batchNorm: true, numClasses: 10, head: .cifar)
///
/// Names are torchvision's: `features.0.weight`, `classifier.6.bias`; ``torchvisionNames`` maps the rest.
public final class VGG: Layer {
    /// How the network ends.
    public enum Head: String, Sendable, Hashable, FieldChoice {
        /// 7 × 7 means of each channel, two layers of 4096 features with dropout, and the classes' layer.
        case imagenet
        /// The mean of each channel, and the classes' layer.
        case cifar
    }

    /// The convolutions and poolings.
    public let features: Sequential
    /// The linear layers.
    public let classifier: Sequential
    private let pooledSize: Int
    private let mistake: LayerError?

    /// How PyTorch's names become ours: torchvision's state dictionaries load with it.
    public static let torchvisionNames = StateRenaming.pytorchBatchNorm

    /// A network of such a depth.
    /// - Parameters:
    ///   - depth: 11, 13, 16 or 19.
    ///   - batchNorm: Whether a normalization follows every convolution.
    ///   - numClasses: How many numbers come out, at least 1.
    ///   - inChannels: The pictures' channels, at least 1.
    ///   - head: How the network ends.
    ///   - dropout: The share of 4096 features that is zeroed in training, 0 ... 1.
    public init(
        depth: Int = 16, batchNorm: Bool = false, numClasses: Int = 1000, inChannels: Int = 3, head: Head = .imagenet,
        dropout: Double = 0.5
    ) {
        mistake = .found { () throws(LayerError) in
            try VGG.check(depth: depth, numClasses: numClasses, inChannels: inChannels, dropout: dropout)
        }
        let isSound = mistake == nil
        features = Sequential(
            isSound ? VGG.features(of: VGG.groups[depth] ?? [], inChannels, batchNorm: batchNorm) : [])
        switch head {
        case .imagenet:
            pooledSize = 7
            classifier = Sequential {
                VGG.linear(512 * 49, 4096)
                ReLU()
                Dropout(rate: dropout)
                VGG.linear(4096, 4096)
                ReLU()
                Dropout(rate: dropout)
                VGG.linear(4096, isSound ? numClasses : 1)
            }
        case .cifar:
            pooledSize = 1
            classifier = Sequential { VGG.linear(512, isSound ? numClasses : 1) }
        }
    }

    /// How many convolutions each group has.
    private static let groups = [
        11: [1, 1, 2, 2, 2], 13: [2, 2, 2, 2, 2], 16: [2, 2, 3, 3, 3], 19: [2, 2, 4, 4, 4],
    ]

    private static func features(of groups: [Int], _ inChannels: Int, batchNorm: Bool) -> [any Layer] {
        var layers: [any Layer] = []
        var channels = inChannels
        for (count, width) in zip(groups, [64, 128, 256, 512, 512]) {
            for _ in 0..<count {
                layers.append(
                    Conv2D(
                        channels, width, kernelSize: 3, padding: 1,
                        weightInitializer: TorchvisionInitializer.convolution, biasInitializer: .zeros))
                if batchNorm { layers.append(BatchNorm2D(width)) }
                layers.append(ReLU())
                channels = width
            }
            layers.append(MaxPool2D(2))
        }
        return layers
    }

    private static func linear(_ inFeatures: Int, _ outFeatures: Int) -> Linear {
        Linear(
            inFeatures, outFeatures, weightInitializer: TorchvisionInitializer.linear, biasInitializer: .zeros)
    }

    /// Refuses arguments that cannot be.
    static func check(depth: Int, numClasses: Int, inChannels: Int, dropout: Double) throws(LayerError) {
        guard groups[depth] != nil else { throw LayerError("depth", depth, must: "be 11, 13, 16 or 19") }
        try checkModelSize("numClasses", numClasses)
        try checkModelSize("inChannels", inChannels)
        try checkRate("dropout", dropout)
    }

    /// A number for each class, before softmax.
    public func forward(_ input: Tensor) -> Tensor {
        if let mistake { return input.refused(mistake, by: "VGG") }
        let found = features(input)
        if found.isPlaceholder { return found }
        return classifier(found.adaptiveAveragePooled(to: [pooledSize]).flattened(from: 1))
    }

    static let component = Component<any Layer>(
        "VGG", "A network of 11, 13, 16 or 19 layers with windows of 3 alone.",
        Field("depth", default: 16, in: .atLeast(11), "The number of layers: 11, 13, 16 or 19."),
        Field("batchNorm", default: false, "Whether a normalization follows every convolution."),
        Field("numClasses", default: 1000, in: .atLeast(1), "How many numbers come out."),
        Field("inChannels", default: 3, in: .atLeast(1), "The pictures' channels."),
        Field("head", default: Head.imagenet, "How it ends: in three linear layers, or in one."),
        Field("dropout", default: 0.5, in: .fraction, "Share of the large head's features that is zeroed in training.")
    ) { depth, batchNorm, numClasses, inChannels, head, dropout in
        try check(depth: depth, numClasses: numClasses, inChannels: inChannels, dropout: dropout)
        return VGG(
            depth: depth, batchNorm: batchNorm, numClasses: numClasses, inChannels: inChannels, head: head,
            dropout: dropout)
    }
}
