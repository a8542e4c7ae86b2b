// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
internal import KindlingEngine

/// Scales each channel of each sample to zero mean and unit variance (Ulyanov, Vedaldi and Lempitsky 2016).
///
/// y = (x − mean) / √(variance + ε) · weight + bias, with statistics over the axes behind the channels'. Shapes:
/// `[N, C, …]` → the same; weight and bias `[C]`, beginning as 1 and 0. float16 and bfloat16 are computed on in
/// float32. As in PyTorch nothing is learned and no running statistics are kept unless asked for.
///
/// Running statistics, where they are kept, follow the samples' mean statistics in training, as ``BatchNorm``'s do, and
/// evaluation uses them.
///
///     InstanceNorm2D(64, affine: true)
///
/// ``InstanceNorm1D``, ``InstanceNorm2D`` and ``InstanceNorm3D`` also check the number of axes.
public class InstanceNorm: ChannelNorm {
    /// A normalization of channels.
    /// - Parameters:
    ///   - numFeatures: C, at least 1; taken from the first input when nil.
    ///   - epsilon: Added to the variance, above 0.
    ///   - momentum: The batch's share of the running statistics, 0 ... 1.
    ///   - affine: Whether weight and bias are learned.
    ///   - trackRunningStatistics: Whether there are running statistics, for evaluation.
    public override init(
        _ numFeatures: Int? = nil, epsilon: Double = 1e-5, momentum: Double = 0.1, affine: Bool = false,
        trackRunningStatistics: Bool = false
    ) {
        super.init(
            numFeatures, epsilon: epsilon, momentum: momentum, affine: affine,
            trackRunningStatistics: trackRunningStatistics)
    }

    override var ranks: ClosedRange<Int> { 3...Shape.maximumRank }

    override var isOverSamples: Bool { false }

    override func normalized(
        _ input: Tensor, count: Int, weight: Tensor?, bias: Tensor?, following: Bool
    ) -> Tensor {
        if following { follow(input, count) }
        return input.instanceNormalized(weight: weight, bias: bias, epsilon: epsilon)
    }

    private func follow(_ input: Tensor, _ count: Int) {
        guard let runningMean, let runningVariance, input.elementCount > 0 else { return }  // nothing to follow
        noGrad {
            let rows = input.converted(to: input.dtype.byteCount < 4 ? .float32 : input.dtype)
                .reshaped(to: [input.shape[0], input.shape[1], count])
            let mean = rows.mean(over: 2, keepDims: true)
            let variance = (rows - mean).squared().sum(over: 2) * (1 / Double(count - 1))
            runningMean.follow(mean.mean(over: 0, 2), momentum: momentum)
            runningVariance.follow(variance.mean(over: 0), momentum: momentum)
        }
    }
}
