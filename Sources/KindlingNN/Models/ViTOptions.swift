// SPDX-License-Identifier: Apache-2.0

/// How a ``ViT`` is made; the defaults are ViT-Tiny's.
///
///     ViT(ViTOptions(imageSize: 32, patchSize: 4, width: 64, depth: 6, heads: 4, numClasses: 10))
public struct ViTOptions: Sendable, Hashable {
    /// The pictures' height and width.
    public var imageSize: Int
    /// A piece's height and width, a divisor of the picture's.
    public var patchSize: Int
    /// The vectors' size, a multiple of the heads.
    public var width: Int
    /// How many layers.
    public var depth: Int
    /// The heads of attention.
    public var heads: Int
    /// The width inside a layer's feed-forward part.
    public var hidden: Int
    /// How many numbers come out.
    public var numClasses: Int
    /// The pictures' channels.
    public var inChannels: Int
    /// The share that is zeroed in training, of attention weights too.
    public var dropout: Double

    /// Options of such a size; four times the width inside a layer when `hidden` is nil.
    public init(
        imageSize: Int = 224, patchSize: Int = 16, width: Int = 192, depth: Int = 12, heads: Int = 3,
        hidden: Int? = nil, numClasses: Int = 1000, inChannels: Int = 3, dropout: Double = 0
    ) {
        self.imageSize = imageSize
        self.patchSize = patchSize
        self.width = width
        self.depth = depth
        self.heads = heads
        self.hidden = hidden ?? width.multipliedReportingOverflow(by: 4).partialValue
        self.numClasses = numClasses
        self.inChannels = inChannels
        self.dropout = dropout
    }

    /// The number of pieces.
    var pieces: Int { (imageSize / patchSize) * (imageSize / patchSize) }

    /// Refuses options that cannot be.
    func check() throws(LayerError) {
        try checkModelSize("imageSize", imageSize, atMost: 1 << 16)
        try checkModelSize("patchSize", patchSize, atMost: 1 << 16)
        guard imageSize.isMultiple(of: patchSize) else {
            throw LayerError("patchSize", patchSize, must: "divide imageSize, \(imageSize)")
        }
        try checkModelSize("width", width)
        try checkModelSize("depth", depth, atMost: 10_000)
        try checkModelSize("heads", heads)
        guard width.isMultiple(of: heads) else { throw LayerError("heads", heads, must: "divide width, \(width)") }
        try checkModelSize("hidden", hidden, atMost: 1 << 24)
        try checkModelSize("numClasses", numClasses)
        try checkModelSize("inChannels", inChannels)
        try checkRate("dropout", dropout)
    }
}
