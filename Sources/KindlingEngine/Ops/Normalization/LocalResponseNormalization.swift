// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// Each element by the squares of its neighbours in the channels (Krizhevsky, Sutskever and Hinton 2012, 3.3).
    ///
    /// y_c = x_c / (k + α / size · Σ x_j²)^β, with the sum over `size` channels j around c, those beyond the ends
    /// counting as 0. float16 and bfloat16 are computed on in float32. Refuses integers and fewer than three axes.
    ///
    ///     let y = x.localResponseNormalized(size: 5)     // [N, C, H, W]
    /// - Parameters:
    ///   - size: How many channels, 1 or more.
    ///   - alpha: α, a factor of the mean square.
    ///   - beta: β, the exponent.
    ///   - constant: k, above 0.
    public func localResponseNormalized(
        size: Int, alpha: Double = 1e-4, beta: Double = 0.75, constant: Double = 1
    ) -> Tensor {
        if value.isPlaceholder { return self }
        do throws(TensorError) {
            try checkNormalized("localResponseNormalized", epsilon: 1, least: 3)
            try requireNumber(constant, "localResponseNormalized", "a constant", "a positive number") { $0 > 0 }
            guard size >= 1, size <= 1 << 20 else {
                throw TensorError(
                    .invalidValue, operation: "localResponseNormalized", "\(size) channels are no neighbourhood",
                    remedy: "use 1 or more")
            }
            let x = converted(to: statisticsType)
            let plane = shape.dimensions.dropFirst(2).reduce(1, *)
            guard elementCount > 0 else { return self }
            let squares = x.squared().reshaped(to: [shape[0], 1, shape[1], plane])
            let means = try squares.pooled(
                .average, "localResponseNormalized", [size, 1], [1], before: [size / 2, 0],
                after: [(size - 1) / 2, 0])
            return (x * (means.reshaped(to: shape) * alpha + constant).power(-beta)).converted(to: dtype)
        } catch { return .failed(error, spec) }
    }
}
