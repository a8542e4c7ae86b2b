// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// Group normalization: channels in groups, each sample and group by itself (Wu and He 2018).
    ///
    /// y = (x − mean) / √(variance + ε) · weight + bias, with mean and population variance over a group's channels and
    /// all axes behind them; weight and bias are for each channel. float16 and bfloat16 are computed on in float32.
    /// Refuses integers, fewer than two axes, and groups that do not divide the channels.
    ///
    ///     let y = x.groupNormalized(groups: 8, weight: weight, bias: bias)       // [N, 32, H, W]
    /// - Parameters:
    ///   - groups: A divisor of C, for an input `[N, C, …]`; 1 normalizes over all of a sample.
    ///   - weight: `[C]`, or nil for 1.
    ///   - bias: `[C]`, or nil for 0.
    ///   - epsilon: Above 0; keeps the quotient finite.
    public func groupNormalized(
        groups: Int, weight: Tensor? = nil, bias: Tensor? = nil, epsilon: Double = 1e-5
    ) -> Tensor {
        if value.isPlaceholder { return self }
        do throws(TensorError) {
            try checkNormalized("groupNormalized", epsilon: epsilon, least: 2)
            let channels = shape[1]
            guard groups > 0, groups <= Swift.max(1, channels), channels % groups == 0 else {
                throw TensorError(
                    .invalidValue, operation: "groupNormalized",
                    "\(channels) channels do not fall into \(groups) groups",
                    remedy: "use a number of groups that divides the channels")
            }
            return try normalizedInGroups("groupNormalized", groups, weight, bias, epsilon)
        } catch { return .failed(error, spec) }
    }

    /// Instance normalization: each sample and channel by itself (Ulyanov, Vedaldi and Lempitsky 2016).
    ///
    /// y = (x − mean) / √(variance + ε) · weight + bias, with mean and population variance over the spatial axes.
    /// float16 and bfloat16 are computed on in float32. Refuses integers and inputs without spatial axes.
    ///
    ///     let y = x.instanceNormalized()     // [N, C, H, W]
    /// - Parameters:
    ///   - weight: `[C]`, or nil for 1, for an input `[N, C, spatial…]`.
    ///   - bias: `[C]`, or nil for 0.
    ///   - epsilon: Above 0; keeps the quotient finite.
    public func instanceNormalized(weight: Tensor? = nil, bias: Tensor? = nil, epsilon: Double = 1e-5) -> Tensor {
        if value.isPlaceholder { return self }
        do throws(TensorError) {
            try checkNormalized("instanceNormalized", epsilon: epsilon, least: 3)
            return try normalizedInGroups("instanceNormalized", Swift.max(1, shape[1]), weight, bias, epsilon)
        } catch { return .failed(error, spec) }
    }

    private func normalizedInGroups(
        _ operation: String, _ groups: Int, _ weight: Tensor?, _ bias: Tensor?, _ epsilon: Double
    ) throws(TensorError) -> Tensor {
        try checkAffine(operation, [("weight", weight), ("bias", bias)], shape: [shape[1]])
        let size = shape.dimensions.dropFirst(2).reduce(shape[1] / groups, *)
        let rows = converted(to: statisticsType).reshaped(to: [shape[0] * groups, size])
        let y = rows.normalized(operation, .row, epsilon).result
        return y.reshaped(to: shape).affine(weight: weight, bias: bias, seenAs: channelShape).converted(to: dtype)
    }
}
