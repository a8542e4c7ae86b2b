// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// The windows of a pooling, and what is wrong with them.
struct PoolingWindows {
    let axes: Int
    let size: [Int]
    let stride: [Int]
    let padding: [Int]
    let dilation: [Int]
    let mistake: LayerError?

    init(
        axes: Int, _ size: any PerAxis, stride: (any PerAxis)?, padding: any PerAxis, dilation: any PerAxis = 1
    ) {
        self.axes = axes
        self.size = size.perAxis
        self.stride = (stride ?? size).perAxis
        self.padding = padding.perAxis
        self.dilation = dilation.perAxis
        mistake = LayerError.found(file: nil) { () throws(LayerError) in
            let sizes = try size.checked("size", axes: axes, least: 1)
            _ = try stride?.checked("stride", axes: axes, least: 1)
            _ = try dilation.checked("dilation", axes: axes, least: 1)
            for (width, size) in zip(try padding.checked("padding", axes: axes, least: 0), sizes) where width > size / 2
            {
                throw LayerError("padding", width, must: "be at most half the size, \(size)")
            }
        }
    }
}

/// The fields that poolings share in recipes.
enum PoolingField {
    static let order = Field<Double>(
        required: "order", in: .atLeast(1), "p: 1 for the sum of magnitudes, 2 for length.")
    static let size = Field<OneOrMore<Int>>("size", default: OneOrMore(2), in: .atLeast(1), "The window's size.")
    static let stride = Field<OneOrMore<Int>?>(
        "stride", default: nil, in: .atLeast(1), "From one window to the next; the window's size when null.")
    static let padding = Field<OneOrMore<Int>>(
        "padding", default: OneOrMore(0), in: .nonNegative, "Elements added on both sides, at most half the size.")
    static let dilation = Field<OneOrMore<Int>>(
        "dilation", default: OneOrMore(1), in: .atLeast(1), "From one element of a window to the next.")
    static let ceilMode = Field(
        "ceilMode", default: false, "Whether a last window that hangs over the end counts.")
    static let countIncludePad = Field("countIncludePad", default: true, "Whether added zeros count as elements.")
    static let pooledSize = Field<OneOrMore<Int>>(
        required: "size", in: .atLeast(1), "The size that comes out, whatever goes in.")
    static let keepDims = Field("keepDims", default: false, "Whether the spatial axes stay, with size 1.")
}

extension LayerError {
    /// The mistake of an order of a norm that is none.
    static func order(_ order: Double) -> LayerError? {
        order.isFinite && order >= 1 ? nil : LayerError("order", order, must: "be finite and 1 or more")
    }
}
