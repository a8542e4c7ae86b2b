// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
internal import KindlingEngine

/// Scales each channel to zero mean and unit variance over the batch (Ioffe and Szegedy 2015).
///
/// y = (x − mean) / √(variance + ε) · weight + bias. In training the batch's own statistics are used and running ones
/// follow them; in evaluation the running ones are used. Shapes: `[N, C, …]` → the same; weight, bias and statistics
/// `[C]`, beginning as 1, 0, 0 and 1. float16 and bfloat16 are computed on in float32.
///
/// running = (1 − momentum) · running + momentum · batch, with the variance of n − 1, as in PyTorch (Keras' momentum is
/// 1 minus this one). It happens in training alone, and neither on the device `meta` nor inside `noGrad`: checking
/// shapes changes nothing, and a part that is recomputed for its gradient counts once.
///
///     BatchNorm2D(64)     // after Conv2D(3, 64, kernelSize: 3)
///
/// ``BatchNorm1D``, ``BatchNorm2D`` and ``BatchNorm3D`` also check the number of axes.
public class BatchNorm: ChannelNorm {
    /// A normalization of channels.
    /// - Parameters:
    ///   - numFeatures: C, at least 1; taken from the first input when nil.
    ///   - epsilon: Added to the variance, above 0.
    ///   - momentum: The batch's share of the running statistics, 0 ... 1.
    ///   - affine: Whether weight and bias are learned.
    ///   - trackRunningStatistics: Whether there are running statistics; without, evaluation uses the batch's too.
    public override init(
        _ numFeatures: Int? = nil, epsilon: Double = 1e-5, momentum: Double = 0.1, affine: Bool = true,
        trackRunningStatistics: Bool = true
    ) {
        super.init(
            numFeatures, epsilon: epsilon, momentum: momentum, affine: affine,
            trackRunningStatistics: trackRunningStatistics)
    }

    override var isOverSamples: Bool { true }

    override func normalized(
        _ input: Tensor, count: Int, weight: Tensor?, bias: Tensor?, following: Bool
    ) -> Tensor {
        let (result, mean, variance) = input.batchNormalized(weight: weight, bias: bias, epsilon: epsilon)
        if following {
            runningMean?.follow(mean, momentum: momentum)
            runningVariance?.follow(variance * (Double(count) / Double(count - 1)), momentum: momentum)
        }
        return result
    }

    /// Keras' `BatchNormalization`: gamma, beta, moving mean and variance, in this order.
    public override var kerasName: String { "batch_normalization" }
}
