// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

/// How a sample's elements lie in its memory.
enum SampleLayout: Sendable, CustomStringConvertible {
    /// Row-major, from the start of the memory.
    case rowMajor
    /// Row-major, a few elements after the start.
    case shifted
    /// The axes' memory order reversed: the first axis is contiguous.
    case transposed
    /// Only the last two axes change places.
    case matrixTransposed
    /// Batch, spatial, channels.
    case channelsLast
    /// Axes in the memory order given, outermost first.
    case permuted([Int])
    /// Row-major, but every second element of the last axis is left out.
    case gapped
    /// Row-major, but the last axis runs backwards.
    case backwards
    /// Row-major over the other axes; the named axes have step 0.
    case broadcast([Int])

    var description: String {
        switch self {
        case .rowMajor: "row-major"
        case .shifted: "shifted"
        case .transposed: "transposed"
        case .matrixTransposed: "matrix-transposed"
        case .channelsLast: "channels-last"
        case .permuted(let order): "permuted\(order)"
        case .gapped: "gapped"
        case .backwards: "backwards"
        case .broadcast(let axes): "broadcast\(axes)"
        }
    }

    /// The first element's distance from the start of the memory, and the steps.
    func placement(of shape: Shape) -> (offset: Int, strides: Strides) {
        let axes = Array(0..<shape.rank)
        switch self {
        case .rowMajor: return (0, Strides(rowMajor: shape))
        case .shifted: return (3, Strides(rowMajor: shape))
        case .transposed: return (0, strides(of: shape, order: axes.reversed(), skipping: []))
        case .matrixTransposed:
            return (0, strides(of: shape, order: axes.dropLast(2) + axes.suffix(2).reversed(), skipping: []))
        case .channelsLast: return (0, Strides(channelsLast: shape))
        case .permuted(let order): return (0, strides(of: shape, order: order, skipping: []))
        case .gapped:
            var strides = Strides(rowMajor: shape)
            for axis in axes { strides[axis] *= 2 }
            return (1, strides)
        case .backwards:
            var strides = Strides(rowMajor: shape)
            guard shape.rank > 0 else { return (0, strides) }
            strides[shape.rank - 1] = -1
            return (max(0, shape.last - 1), strides)
        case .broadcast(let skipped): return (0, strides(of: shape, order: axes, skipping: skipped))
        }
    }

    private func strides(of shape: Shape, order: [Int], skipping skipped: [Int]) -> Strides {
        var strides = Strides()
        var step = 1
        for axis in order.reversed() where !skipped.contains(axis) {
            strides[axis] = step
            step *= max(1, shape[axis])
        }
        return strides
    }
}
