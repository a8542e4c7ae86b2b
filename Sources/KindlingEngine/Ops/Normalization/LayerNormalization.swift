// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// Layer normalization over the last axes (Ba, Kiros and Hinton 2016).
    ///
    /// y = (x − mean) / √(variance + ε) · weight + bias, with mean and population variance over the last `axes` axes.
    /// float16 and bfloat16 are computed on in float32; the result has the input's shape and type. Refuses integers,
    /// a number of axes that the tensor does not have, and a weight or bias of another shape.
    ///
    ///     let y = x.layerNormalized(weight: weight, bias: bias)      // [8, 16, 64] over the 64
    /// - Parameters:
    ///   - axes: How many of the last axes, 1 or more.
    ///   - weight: Of these axes' sizes, or nil for 1.
    ///   - bias: Of these axes' sizes, or nil for 0.
    ///   - epsilon: Above 0; keeps the quotient finite.
    public func layerNormalized(
        overLast axes: Int = 1, weight: Tensor? = nil, bias: Tensor? = nil, epsilon: Double = 1e-5
    ) -> Tensor {
        if value.isPlaceholder { return self }
        do throws(TensorError) {
            let kept = try lastAxes(axes, "layerNormalized", epsilon: epsilon)
            try checkAffine("layerNormalized", [("weight", weight), ("bias", bias)], shape: kept)
            return rowsNormalized("layerNormalized", .row, last: kept, epsilon, weight: weight, bias: bias)
        } catch { return .failed(error, spec) }
    }

    /// The sizes of so many of the last axes.
    func lastAxes(_ axes: Int, _ operation: String, epsilon: Double) throws(TensorError) -> Shape {
        try checkNormalized(operation, epsilon: epsilon)
        guard axes >= 1, axes <= rank else {
            throw TensorError(
                .invalidAxis, operation: operation, "shape \(shape) has no last \(axes) axes to normalize over",
                remedy: "use 1 ... \(rank)")
        }
        return Shape(shape.dimensions.suffix(axes))
    }
}
