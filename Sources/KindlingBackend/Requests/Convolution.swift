// SPDX-License-Identifier: Apache-2.0

/// A convolution (cross-correlation, as in every training framework) over 1 to 3 spatial axes, or one of its gradients.
///
/// Logical shapes, whatever the memory order: x `[N, C, spatial…]`, weight `[O, C / groups, window…]` row-major,
/// bias `[O]`, y `[N, O, spatial…]`. Pictures are row-major or channels-last.
///
/// - `forward`: x, weight, and with `bias` the bias → y
/// - `inputGradient`: upstream (as y), weight → gradient (as x)
/// - `weightGradient`: x, upstream → gradient (as weight), and with `bias` the bias' gradient
public struct ConvolutionRequest: Sendable, Hashable {
    /// Which of the three.
    public enum Direction: UInt8, Sendable, Hashable {
        /// y from x.
        case forward = 0
        /// The gradient for x.
        case inputGradient
        /// The gradient for weight and bias.
        case weightGradient
    }

    /// Which of the three.
    public let direction: Direction
    /// How windows lie.
    public let window: WindowGeometry
    /// Into how many independent parts the channels fall.
    public let groups: Int
    /// Whether there is a bias.
    public let bias: Bool

    /// Describes a convolution.
    public init(_ direction: Direction, window: WindowGeometry, groups: Int, bias: Bool) {
        self.direction = direction
        self.window = window
        self.groups = groups
        self.bias = bias
    }
}

/// How windows lie over the spatial axes of a picture.
///
/// Entries beyond `rank` are 1, or 0 for padding.
public struct WindowGeometry: Sendable, Hashable {
    /// Sizes along up to three spatial axes, first axis first.
    public typealias Sizes = SIMD4<Int32>

    /// How many spatial axes there are, 1 to 3.
    public let rank: Int
    /// The window's size.
    public let size: Sizes
    /// From one window to the next.
    public let stride: Sizes
    /// From one element of a window to the next.
    public let dilation: Sizes
    /// Elements added before the picture.
    public let paddingBefore: Sizes
    /// Elements added behind the picture.
    public let paddingAfter: Sizes

    /// Describes windows.
    public init(
        rank: Int, size: Sizes, stride: Sizes, dilation: Sizes, paddingBefore: Sizes, paddingAfter: Sizes
    ) {
        self.rank = rank
        self.size = size
        self.stride = stride
        self.dilation = dilation
        self.paddingBefore = paddingBefore
        self.paddingAfter = paddingAfter
    }

    /// How many windows fit along spatial axis `axis` of so many elements: ⌊(n + p − d·(k − 1) − 1) / s⌋ + 1.
    public func outputSize(_ count: Int, axis: Int) -> Int {
        let span = Int(dilation[axis]) * (Int(size[axis]) - 1) + 1
        let room = count + Int(paddingBefore[axis]) + Int(paddingAfter[axis]) - span
        return room < 0 ? 0 : room / Int(stride[axis]) + 1
    }
}
