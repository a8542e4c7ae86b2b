// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension WindowGeometry {
    /// Windows from what a person wrote, one number for all spatial axes or one for each.
    static func checked(
        _ operation: String, input: Shape, size: [Int], stride: [Int], before: [Int], after: [Int], dilation: [Int]
    ) throws(TensorError) -> WindowGeometry {
        let rank = input.rank - 2
        guard (1...3).contains(rank) else {
            throw TensorError(
                .shapeMismatch, operation: operation, "an input of shape \(input) has no spatial axes",
                remedy: "give [batch, channels, spatial…] with 1 to 3 spatial axes")
        }
        func spread(_ values: [Int], _ name: String, least: Int) throws(TensorError) -> Sizes {
            guard values.count == rank || values.count == 1,
                values.allSatisfy({ $0 >= least && $0 <= Int(Int32.max) / 4 })
            else {
                throw TensorError(
                    .invalidValue, operation: operation, "\(name) \(values) does not fit \(rank) spatial axes",
                    remedy: "give one number, or \(rank), each at least \(least)")
            }
            var result = Sizes(repeating: Int32(least))
            for axis in 0..<rank { result[axis] = Int32(values.count == 1 ? values[0] : values[axis]) }
            return result
        }
        return WindowGeometry(
            rank: rank, size: try spread(size, "a window of size", least: 1),
            stride: try spread(stride, "stride", least: 1), dilation: try spread(dilation, "dilation", least: 1),
            paddingBefore: try spread(before, "padding", least: 0), paddingAfter: try spread(after, "padding", least: 0)
        )
    }

    /// The shape of what comes out of the windows.
    func output(_ input: Shape, channels: Int, _ operation: String) throws(TensorError) -> Shape {
        var shape = input
        shape[1] = channels
        for axis in 0..<rank {
            shape[axis + 2] = outputSize(input[axis + 2], axis: axis)
            guard shape[axis + 2] > 0 else {
                throw TensorError(
                    .shapeMismatch, operation: operation,
                    "a window of size \(size[axis]) does not fit an axis of \(input[axis + 2]) elements",
                    remedy: "use a smaller window or more padding, or larger pictures")
            }
        }
        return shape
    }
}

extension TensorValue {
    /// The same memory with the channels' axis behind all others: row-major for a picture in channels-last order.
    func channelsAtTheEnd() -> TensorValue {
        let rank = shape.rank
        var (seen, steps) = (shape, strides)
        for axis in 2..<rank {
            seen[axis - 1] = shape[axis]
            steps[axis - 1] = strides[axis]
        }
        seen[rank - 1] = shape[1]
        steps[rank - 1] = strides[1]
        return view(shape: seen, strides: steps)
    }

    /// The same elements in an order that picture kernels take: row-major or channels-last.
    func picture() throws(TensorError) -> TensorValue {
        layout == .strided ? try copied(to: .rowMajor) : self
    }
}
