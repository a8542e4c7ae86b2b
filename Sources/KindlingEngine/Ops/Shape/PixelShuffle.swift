// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// Channels laid out as finer pixels: `[…, C r², H, W]` → `[…, C, H r, W r]` (Shi and others 2016).
    ///
    ///     features.pixelShuffled(by: 2)       // [1, 12, 4, 4] → [1, 3, 8, 8]
    ///
    /// Any type. A factor below 1, or whose square does not divide the channels, is refused.
    public func pixelShuffled(by factor: Int) -> Tensor {
        noting { () throws(TensorError) in
            let (square, overflows) = factor.multipliedReportingOverflow(by: factor)
            guard rank >= 3, factor > 0, !overflows, shape[rank - 3] % square == 0 else {
                throw TensorError(
                    .shapeMismatch, operation: "pixelShuffle", "shape \(shape) does not fit the factor \(factor)",
                    remedy: "give [channels, height, width] with channels a multiple of the factor's square")
            }
            let (channels, height, width) = (shape[rank - 3] / square, shape[rank - 2], shape[rank - 1])
            let leading = Array(shape.dimensions.dropLast(3))
            let target = Shape(leading + [channels, height &* factor, width &* factor])
            try check(TensorSpec(shape: target, dtype: dtype), "pixelShuffle")
            let blocks = leading.reduce(1, *) * channels
            return reshaped(to: [blocks, factor, factor, height, width]).permuted(0, 3, 1, 4, 2).reshaped(to: target)
        }
    }

    /// Blocks of pixels as channels: `[…, C, H r, W r]` → `[…, C r², H, W]`; undoes ``pixelShuffled(by:)``.
    ///
    ///     picture.pixelUnshuffled(by: 2)      // [1, 3, 8, 8] → [1, 12, 4, 4]
    ///
    /// Any type. A factor below 1, or that does not divide height and width, is refused.
    public func pixelUnshuffled(by factor: Int) -> Tensor {
        noting { () throws(TensorError) in
            guard rank >= 3, factor > 0, shape[rank - 2] % factor == 0, shape[rank - 1] % factor == 0
            else {
                throw TensorError(
                    .shapeMismatch, operation: "pixelUnshuffle", "shape \(shape) does not fit the factor \(factor)",
                    remedy: "give [channels, height, width] with sizes that are multiples of the factor")
            }
            let (height, width) = (shape[rank - 2] / factor, shape[rank - 1] / factor)
            let leading = Array(shape.dimensions.dropLast(3))
            let target = Shape(leading + [shape[rank - 3] &* factor &* factor, height, width])
            try check(TensorSpec(shape: target, dtype: dtype), "pixelUnshuffle")
            let blocks = leading.reduce(1, *) * shape[rank - 3]
            return reshaped(to: [blocks, height, factor, width, factor]).permuted(0, 2, 4, 1, 3).reshaped(to: target)
        }
    }
}
