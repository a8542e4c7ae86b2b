// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// Root-mean-square normalization over the last axes (Zhang and Sennrich 2019).
    ///
    /// y = x / √(mean(x²) + ε) · weight, with the mean over the last `axes` axes; nothing is subtracted. float16 and
    /// bfloat16 are computed on in float32; the result has the input's shape and type. Refuses integers, a number of
    /// axes that the tensor does not have, and a weight of another shape.
    ///
    ///     let y = x.rmsNormalized(weight: weight)        // [8, 16, 64] over the 64
    /// - Parameters:
    ///   - axes: How many of the last axes, 1 or more.
    ///   - weight: Of these axes' sizes, or nil for 1.
    ///   - epsilon: Above 0; keeps the quotient finite.
    public func rmsNormalized(overLast axes: Int = 1, weight: Tensor? = nil, epsilon: Double = 1e-6) -> Tensor {
        if value.isPlaceholder { return self }
        do throws(TensorError) {
            let kept = try lastAxes(axes, "rmsNormalized", epsilon: epsilon)
            try checkAffine("rmsNormalized", [("weight", weight)], shape: kept)
            return rowsNormalized("rmsNormalized", .uncenteredRow, last: kept, epsilon, weight: weight, bias: nil)
        } catch { return .failed(error, spec) }
    }
}
