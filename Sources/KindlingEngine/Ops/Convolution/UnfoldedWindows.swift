// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The windows of pictures as columns, as PyTorch's `unfold` (im2col): `[N, C, spatial…]` → `[N, C · ∏ k, L]`.
    ///
    /// Column l holds the elements of window l, channel by channel; windows are counted in row-major order. A
    /// convolution is a product of its weight with them. Refuses what a convolution refuses, and integers.
    ///
    ///     let columns = x.unfolded(size: [3], padding: [1])       // [N, C, H, W] → [N, 9 · C, H · W]
    /// - Parameters:
    ///   - size: The window's size, one number for all spatial axes or one for each.
    ///   - stride: From one window to the next.
    ///   - padding: Zeros added on both sides.
    ///   - dilation: From one element of a window to the next.
    public func unfolded(
        size: [Int], stride: [Int] = [1], padding: [Int] = [0], dilation: [Int] = [1]
    ) -> Tensor {
        noting { () throws(TensorError) in
            try requireReal("unfolded", "pictures")
            let window = try WindowGeometry.checked(
                "unfolded", input: shape, size: size, stride: stride, before: padding, after: padding,
                dilation: dilation)
            let counts = try window.output(shape, channels: shape[1], "unfolded").dimensions.dropFirst(2)
            let widths = (0..<window.rank).map {
                (before: Int(window.paddingBefore[$0]), after: Int(window.paddingAfter[$0]))
            }
            let padded = padded(widths)
            let places = try window.places(within: Array(padded.shape.dimensions.dropFirst(2)), Array(counts), device)
            let (batch, channels) = (shape[0], shape[1])
            let plane = padded.shape.dimensions.dropFirst(2).reduce(1, *)
            let (rows, columns) = (places.shape[0], places.shape[1])
            let columnShape = try columnShape(batch, channels, rows, columns)
            return padded.reshaped(to: [batch, channels, plane]).gathered(at: places, along: 2)
                .reshaped(to: columnShape)
        }
    }

    /// Columns laid back into pictures and added where windows overlap, as PyTorch's `fold` (col2im).
    ///
    /// What ``unfolded(size:stride:padding:dilation:)`` does to gradients: `[N, C · ∏ k, L]` → `[N, C, spatial…]`. Refuses
    /// integers, and columns that are not those of such pictures.
    ///
    ///     let sums = columns.folded(to: [28, 28], size: [3], padding: [1])
    /// - Parameters:
    ///   - spatial: The pictures' spatial sizes, 1 to 3 of them.
    ///   - size: The window's size, one number for all spatial axes or one for each.
    ///   - stride: From one window to the next.
    ///   - padding: What is cut off on both sides.
    ///   - dilation: From one element of a window to the next.
    public func folded(
        to spatial: [Int], size: [Int], stride: [Int] = [1], padding: [Int] = [0], dilation: [Int] = [1]
    ) -> Tensor {
        noting { () throws(TensorError) in
            try requireReal("folded", "columns")
            let picture = Shape([1, 1] + spatial)
            try check(TensorSpec(shape: picture, dtype: dtype), "folded")
            let window = try WindowGeometry.checked(
                "folded", input: picture, size: size, stride: stride, before: padding, after: padding,
                dilation: dilation)
            let counts = try window.output(picture, channels: 1, "folded").dimensions.dropFirst(2)
            let wide = (0..<window.rank).map {
                spatial[$0] + Int(window.paddingBefore[$0]) + Int(window.paddingAfter[$0])
            }
            let places = try window.places(within: wide, Array(counts), device)
            let (rows, columns) = (places.shape[0], places.shape[1])
            guard rank == 3, shape[2] == columns, shape[1] % rows == 0 else {
                throw TensorError(
                    .shapeMismatch, operation: "folded",
                    "columns of shape \(shape) are not \(columns) windows of \(rows) elements for each channel",
                    remedy: "give [N, C · \(rows), \(columns)]")
            }
            let (batch, channels) = (shape[0], shape[1] / rows)
            let lines = reshaped(to: [batch * channels, rows * columns]).transposed().contiguous()
            let plane = wide.reduce(1, *)
            let sums = dispatch(ScatterAdd(rows: plane), [places.flattened(), lines]).transposed()
            var result = sums.reshaped(to: Shape([batch, channels] + wide))
            for axis in 0..<window.rank {
                let start = Int(window.paddingBefore[axis])
                result = result.sliced(start..<start + spatial[axis], along: axis + 2)
            }
            return result
        }
    }

    private func columnShape(_ batch: Int, _ channels: Int, _ rows: Int, _ columns: Int) throws(TensorError) -> Shape {
        let (height, overflow) = channels.multipliedReportingOverflow(by: rows)
        let result = Shape([batch, overflow ? .max : height, columns])
        try check(TensorSpec(shape: result, dtype: dtype), "unfolded")
        return result
    }
}

extension WindowGeometry {
    /// Where in a plane of such sizes each element of each window lies: `[∏ k, L]`.
    fileprivate func places(within sizes: [Int], _ counts: [Int], _ device: Device) throws(TensorError) -> Tensor {
        var all = Tensor.zeros([], dtype: .int64, on: device)
        let rows = (0..<rank).map { Int(size[$0]) }
        try check(TensorSpec(shape: Shape(rows + counts), dtype: .int64), "unfolded")
        for axis in 0..<rank {
            var (down, right) = (Shape.ones(rank: 2 * rank), Shape.ones(rank: 2 * rank))
            down[axis] = rows[axis]
            right[rank + axis] = counts[axis]
            let within = Tensor.indices(rows[axis], on: device).reshaped(to: down) * Int(dilation[axis])
            let starts = Tensor.indices(counts[axis], on: device).reshaped(to: right) * Int(stride[axis])
            all = all * sizes[axis] + (within + starts)
        }
        return all.reshaped(to: [rows.reduce(1, *), counts.reduce(1, *)])
    }
}
