// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// Batch normalization with given statistics, as in evaluation (Ioffe and Szegedy 2015, algorithm 2).
    ///
    /// y = (x − mean) / √(variance + ε) · weight + bias, for each channel. float16 and bfloat16 are computed on in
    /// float32; the result has the input's type. Refuses integers, fewer than two axes, statistics that are not `[C]`.
    ///
    ///     let y = x.batchNormalized(mean: running.mean, variance: running.variance)
    /// - Parameters:
    ///   - mean: `[C]`, for an input `[N, C, …]`.
    ///   - variance: `[C]`.
    ///   - weight: `[C]`, or nil for 1.
    ///   - bias: `[C]`, or nil for 0.
    ///   - epsilon: Above 0; keeps the quotient finite.
    public func batchNormalized(
        mean: Tensor, variance: Tensor, weight: Tensor? = nil, bias: Tensor? = nil, epsilon: Double = 1e-5
    ) -> Tensor {
        if value.isPlaceholder { return self }
        do throws(TensorError) {
            try checkNormalized(operation, epsilon: epsilon, least: 2)
            try checkAffine(
                operation, [("mean", mean), ("variance", variance), ("weight", weight), ("bias", bias)],
                shape: [shape[1]])
            let x = converted(to: statisticsType)
            let scale = (variance.converted(to: x.dtype) + epsilon).reciprocalSquareRoot()
            let centred = x - mean.converted(to: x.dtype).reshaped(to: channelShape)
            let factor = weight.map { scale * $0.converted(to: x.dtype) } ?? scale
            return centred.affine(weight: factor, bias: bias, seenAs: channelShape).converted(to: dtype)
        } catch { return .failed(error, spec) }
    }

    /// Batch normalization with the batch's own statistics, as in training (Ioffe and Szegedy 2015, algorithm 1).
    ///
    /// y = (x − mean) / √(variance + ε) · weight + bias, with mean and variance over all axes but the channels'. Both
    /// come with the result, `[C]`, float32 for float16 and bfloat16; gradients flow through them. The variance is the
    /// population's (Σ (x − mean)² / n): a running variance as PyTorch's takes n / (n − 1) times that. Refuses
    /// integers, fewer than two axes and an empty batch, whose mean would be NaN.
    ///
    ///     let (y, mean, variance) = x.batchNormalized(weight: weight, bias: bias)
    /// - Parameters:
    ///   - weight: `[C]`, or nil for 1, for an input `[N, C, …]`.
    ///   - bias: `[C]`, or nil for 0.
    ///   - epsilon: Above 0; keeps the quotient finite.
    public func batchNormalized(
        weight: Tensor? = nil, bias: Tensor? = nil, epsilon: Double = 1e-5
    ) -> (result: Tensor, mean: Tensor, variance: Tensor) {
        if value.isPlaceholder { return (self, self, self) }
        do throws(TensorError) {
            try checkNormalized(operation, epsilon: epsilon, least: 2)
            let channels: Shape = [shape[1]]
            try checkAffine(operation, [("weight", weight), ("bias", bias)], shape: channels)
            let axes = [0] + Array(2..<Swift.max(2, rank))
            guard axes.allSatisfy({ shape[$0] > 0 }) else {
                throw TensorError(
                    .shapeMismatch, operation: operation, "a batch of shape \(shape) has no mean",
                    remedy: "leave empty batches out")
            }
            let x = converted(to: statisticsType)
            let (y, mean, variance) = x.normalized(operation, .channel, epsilon, weight: weight, bias: bias)
            return (
                y.converted(to: dtype), x.knownStatistic(mean, .mean, over: axes),
                x.knownStatistic(variance, .variance, over: axes)
            )
        } catch {
            let failed = Tensor.failed(error, spec)
            return (failed, failed, failed)
        }
    }
}

private let operation = "batchNormalized"
