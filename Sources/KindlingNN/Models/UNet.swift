// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// A network that labels every pixel: down to small pictures and up again (Ronneberger, Fischer and Brox 2015).
///
/// Shapes: `[N, inChannels, H, W]` → `[N, outChannels, H, W]`, with H and W multiples of 2^depth. On the way down, each
/// level is two convolutions of 3, normalization and ReLU, and a pooling that halves the picture; channels double. On the
/// way up, a transposed convolution of 2 doubles the picture, and the same level's result from the way down is put beside
/// it. Unlike the paper's, convolutions are padded, so that the size stays, and normalized.
///
///     UNet(inChannels: 3, outChannels: 1)                     // 31,037,633 parameters
public final class UNet: Layer {
    /// The levels of the way down, largest pictures first.
    public let down: [Sequential]
    /// The level of the smallest pictures.
    public let bottom: Sequential
    /// What doubles the pictures, smallest first.
    public let enlarge: [ConvTranspose2D]
    /// The levels of the way up, smallest pictures first.
    public let up: [Sequential]
    /// The classes of each pixel.
    public let head: Conv2D
    private let pool = MaxPool2D(2)
    private let mistake: LayerError?

    /// A network of such a depth.
    /// - Parameters:
    ///   - inChannels: The pictures' channels, at least 1.
    ///   - outChannels: Numbers for each pixel, at least 1.
    ///   - depth: How often the picture is halved, 1 ... 10.
    ///   - baseChannels: Channels of the first level, at least 1.
    public init(inChannels: Int = 1, outChannels: Int = 2, depth: Int = 4, baseChannels: Int = 64) {
        mistake = .found { () throws(LayerError) in
            try UNet.check(inChannels, outChannels, depth: depth, baseChannels: baseChannels)
        }
        let isSound = mistake == nil
        let (into, out, depth, base) = isSound ? (inChannels, outChannels, depth, baseChannels) : (1, 1, 1, 1)
        down = (0..<depth).map { level(level: $0, from: $0 == 0 ? into : base << ($0 - 1), base) }
        bottom = level(level: depth, from: base << (depth - 1), base)
        enlarge = (0..<depth).reversed().map {
            ConvTranspose2D(base << ($0 + 1), base << $0, kernelSize: 2, stride: 2)
        }
        up = (0..<depth).reversed().map { level(level: $0, from: base << ($0 + 1), base) }
        head = Conv2D(base, out, kernelSize: 1)
    }

    /// Refuses arguments that cannot be.
    static func check(
        _ inChannels: Int, _ outChannels: Int, depth: Int, baseChannels: Int
    ) throws(LayerError) {
        try checkModelSize("inChannels", inChannels)
        try checkModelSize("outChannels", outChannels)
        try checkModelSize("depth", depth, atMost: 10)
        try checkModelSize("baseChannels", baseChannels, atMost: 1 << 14)
    }

    /// Numbers for each pixel, before softmax.
    public func forward(_ input: Tensor) -> Tensor {
        if let mistake { return input.refused(mistake, by: "UNet") }
        if input.isPlaceholder { return input }
        let factor = 1 << down.count
        guard input.rank == 4, input.shape[2].isMultiple(of: factor), input.shape[3].isMultiple(of: factor) else {
            return .failed(
                TensorError(
                    .shapeMismatch, operation: "UNet",
                    "an input of shape \(input.shape) is not [N, channels, H, W] with multiples of \(factor)",
                    remedy: "crop or pad the pictures, or make the network less deep"), input.spec)
        }
        var x = input
        var kept: [Tensor] = []
        for level in down {
            kept.append(level(x))
            x = pool(kept[kept.count - 1])
        }
        x = bottom(x)
        for (place, level) in up.enumerated() {
            x = level(.concatenated([kept[kept.count - 1 - place], enlarge[place](x)], along: 1))
        }
        return head(x)
    }

    static let component = Component<any Layer>(
        "UNet", "A network that labels every pixel: down to small pictures and up again.",
        Field("inChannels", default: 1, in: .atLeast(1), "The pictures' channels."),
        Field("outChannels", default: 2, in: .atLeast(1), "Numbers for each pixel."),
        Field("depth", default: 4, in: .atLeast(1), "How often the picture is halved."),
        Field("baseChannels", default: 64, in: .atLeast(1), "Channels of the first level.")
    ) { inChannels, outChannels, depth, baseChannels in
        try check(inChannels, outChannels, depth: depth, baseChannels: baseChannels)
        return UNet(inChannels: inChannels, outChannels: outChannels, depth: depth, baseChannels: baseChannels)
    }
}

/// Two convolutions of 3, each with normalization and ReLU, to the channels of a level.
private func level(level: Int, from channels: Int, _ base: Int) -> Sequential {
    let width = base << level
    return Sequential {
        Conv2D(channels, width, kernelSize: 3, padding: 1, bias: false)
        BatchNorm2D(width)
        ReLU()
        Conv2D(width, width, kernelSize: 3, padding: 1, bias: false)
        BatchNorm2D(width)
        ReLU()
    }
}
