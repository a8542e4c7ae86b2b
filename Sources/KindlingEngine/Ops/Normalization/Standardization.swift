// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// What the normalizations share.
extension Tensor {
    /// The type that statistics are computed in: float32 for numbers of half width, whose squares overflow.
    var statisticsType: DType { dtype == .float16 || dtype == .bfloat16 ? .float32 : dtype }

    /// x · weight + bias, each of them seen in the shape given and in this tensor's type.
    func affine(weight: Tensor?, bias: Tensor?, seenAs shape: Shape) -> Tensor {
        let factor = weight?.converted(to: dtype).reshaped(to: shape)
        let addend = bias?.converted(to: dtype).reshaped(to: shape)
        switch (factor, addend) {
        case (let factor?, let addend?): return multiplied(by: factor, adding: addend)
        case (let factor?, nil): return self * factor
        case (nil, let addend?): return self + addend
        case (nil, nil): return self
        }
    }

    /// `[1, C, 1, …]`: how one number for each channel is seen beside this tensor.
    var channelShape: Shape {
        var shape = Shape.ones(rank: rank)
        shape[1] = self.shape[1]
        return shape
    }

    /// Refuses what no normalization takes.
    func checkNormalized(_ operation: String, epsilon: Double, least rank: Int = 1) throws(TensorError) {
        guard dtype.isFloatingPoint else {
            throw TensorError(
                .dtypeMismatch, operation: operation, "\(dtype.name) is not a floating-point type",
                remedy: "convert it: converted(to: .float32)")
        }
        guard self.rank >= rank else {
            throw TensorError(
                .shapeMismatch, operation: operation, "shape \(shape) has fewer than \(rank) axes",
                remedy: rank == 1 ? "give it an axis: reshaped(to: [1])" : "give [batch, channels, …]")
        }
        guard epsilon > 0, epsilon.isFinite else {
            throw TensorError(
                .invalidValue, operation: operation, "an epsilon of \(epsilon) is not a positive number",
                remedy: "use a small one, such as 1e-5")
        }
    }
}

/// Refuses a weight, a bias or statistics that do not fit what is normalized.
func checkAffine(
    _ operation: String, _ parts: [(name: String, tensor: Tensor?)], shape: Shape
) throws(TensorError) {
    for (name, tensor) in parts {
        guard let tensor else { continue }  // a part that is not there changes nothing
        guard tensor.shape == shape else {
            throw TensorError(
                .shapeMismatch, operation: operation, "a \(name) of shape \(tensor.shape) does not fit",
                remedy: "give it the shape \(shape)")
        }
        guard tensor.dtype.isFloatingPoint else {
            throw TensorError(
                .dtypeMismatch, operation: operation, "a \(name) of \(tensor.dtype.name) is not floating-point",
                remedy: "convert it: converted(to: .float32)")
        }
    }
}
