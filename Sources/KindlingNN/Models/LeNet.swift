// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations
public import KindlingEngine

/// LeNet-5: two convolutions and three linear layers for small pictures (LeCun and others 1998).
///
/// Shapes: `[N, inChannels, imageSize, imageSize]` → `[N, numClasses]`. Convolutions of 6 and 16 channels with windows of
/// 5, each followed by tanh and the means of windows of 2; then 120, 84 and `numClasses` features. As today's versions,
/// the poolings learn nothing, every channel sees every other, and the last layer is linear. Pictures are padded by 2,
/// so that 28 × 28 becomes the paper's 32 × 32.
///
///     LeNet()                                                 // 61,706 parameters
///     LeNet(inChannels: 3, imageSize: 32, activation: .relu)
public final class LeNet: Layer {
    /// What follows a layer.
    public enum Activation: String, Sendable, Hashable, FieldChoice {
        /// As in the paper.
        case tanh
        /// max(0, x).
        case relu

        var layer: any Layer {
            switch self {
            case .tanh: Tanh()
            case .relu: ReLU()
            }
        }
    }

    /// The convolutions and poolings.
    public let features: Sequential
    /// The linear layers.
    public let classifier: Sequential
    private let imageSize: Int
    private let mistake: LayerError?

    /// A network for square pictures.
    /// - Parameters:
    ///   - numClasses: How many numbers come out, at least 1.
    ///   - inChannels: The pictures' channels, at least 1.
    ///   - imageSize: The pictures' height and width, at least 12.
    ///   - activation: What follows every layer but the last.
    public init(numClasses: Int = 10, inChannels: Int = 1, imageSize: Int = 28, activation: Activation = .tanh) {
        mistake = .found { () throws(LayerError) in
            try LeNet.check(numClasses: numClasses, inChannels: inChannels, imageSize: imageSize)
        }
        let (classes, channels, side) = mistake == nil ? (numClasses, inChannels, imageSize) : (1, 1, 12)
        let last = (side / 2 - 4) / 2
        features = Sequential {
            Conv2D(channels, 6, kernelSize: 5, padding: 2)
            activation.layer
            AveragePool2D(2)
            Conv2D(6, 16, kernelSize: 5)
            activation.layer
            AveragePool2D(2)
        }
        classifier = Sequential {
            Flatten()
            Linear(16 * last * last, 120)
            activation.layer
            Linear(120, 84)
            activation.layer
            Linear(84, classes)
        }
        self.imageSize = side
    }

    /// Refuses arguments that cannot be.
    static func check(numClasses: Int, inChannels: Int, imageSize: Int) throws(LayerError) {
        try checkModelSize("numClasses", numClasses)
        try checkModelSize("inChannels", inChannels)
        guard (12...4096).contains(imageSize) else {
            throw LayerError("imageSize", imageSize, must: "be in 12 ... 4096")
        }
    }

    /// A number for each class, before softmax.
    public func forward(_ input: Tensor) -> Tensor {
        if let mistake { return input.refused(mistake, by: "LeNet") }
        return input.requiring(side: imageSize, by: "LeNet") ?? classifier(features(input))
    }

    static let component = Component<any Layer>(
        "LeNet", "LeNet-5: two convolutions and three linear layers for small pictures.",
        Field("numClasses", default: 10, in: .atLeast(1), "How many numbers come out."),
        Field("inChannels", default: 1, in: .atLeast(1), "The pictures' channels."),
        Field("imageSize", default: 28, in: .atLeast(12), "The pictures' height and width."),
        Field("activation", default: Activation.tanh, "What follows every layer but the last.")
    ) { numClasses, inChannels, imageSize, activation in
        try check(numClasses: numClasses, inChannels: inChannels, imageSize: imageSize)
        return LeNet(numClasses: numClasses, inChannels: inChannels, imageSize: imageSize, activation: activation)
    }
}
