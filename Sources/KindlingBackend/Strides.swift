// SPDX-License-Identifier: Apache-2.0

/// How far apart, in elements, neighbours along each axis lie in memory.
///
/// 0 repeats one element: a broadcast axis.
public struct Strides: Sendable, Equatable {
    private var steps: InlineArray<8, Int>

    /// All zero: one element seen everywhere.
    public init() { steps = InlineArray(repeating: 0) }

    /// Row-major: the last axis is contiguous.
    public init(rowMajor shape: Shape) {
        self.init()
        var step = 1
        var axis = min(shape.rank, Shape.maximumRank) - 1
        while axis >= 0 {
            steps[axis] = step
            step &*= max(1, shape[axis])
            axis -= 1
        }
    }

    /// Channels-last for `[batch, channels, spatial…]`: memory order batch, spatial…, channels.
    public init(channelsLast shape: Shape) {
        self.init()
        guard shape.rank >= 3 else {
            self.init(rowMajor: shape)
            return
        }
        steps[1] = 1
        var step = max(1, shape[1])
        var axis = shape.rank - 1
        while axis >= 2 {
            steps[axis] = step
            step &*= max(1, shape[axis])
            axis -= 1
        }
        steps[0] = step
    }

    /// The step along an axis.
    public subscript(axis: Int) -> Int {
        get { steps[axis] }
        set { steps[axis] = newValue }
    }

    /// Equal when every step is.
    public static func == (left: Strides, right: Strides) -> Bool {
        for axis in 0..<Shape.maximumRank where left.steps[axis] != right.steps[axis] { return false }
        return true
    }

    /// Whether elements of `shape` lie in row-major order without gaps.
    ///
    /// Steps along axes of size 1 do not matter.
    public func isRowMajor(for shape: Shape) -> Bool {
        var expected = 1
        var axis = shape.rank - 1
        while axis >= 0 {
            if shape[axis] != 1 {
                if steps[axis] != expected { return shape.elementCount == 0 }
                expected &*= shape[axis]
            }
            axis -= 1
        }
        return true
    }

    /// Whether elements lie in channels-last order without gaps.
    public func isChannelsLast(for shape: Shape) -> Bool {
        guard shape.rank >= 3 else { return false }
        let wanted = Strides(channelsLast: shape)
        for axis in 0..<shape.rank where shape[axis] != 1 && steps[axis] != wanted[axis] { return false }
        return true
    }
}
