// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

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
public class InstanceNorm: Layer, LazilyBuilt {
    /// `[C]`, or nil.
    public let weight: Parameter?
    /// `[C]`, or nil.
    public let bias: Parameter?
    /// `[C]`, or nil.
    public let runningMean: Buffer?
    /// `[C]`, or nil.
    public let runningVariance: Buffer?
    private let numFeatures: Int?
    private let epsilon: Double
    private let momentum: Double
    private let mistake: LayerError?
    /// The numbers of axes that an input may have.
    var ranks: ClosedRange<Int> { 3...Shape.maximumRank }

    /// A normalization of channels.
    /// - Parameters:
    ///   - numFeatures: C, at least 1; taken from the first input when nil.
    ///   - epsilon: Added to the variance, above 0.
    ///   - momentum: The batch's share of the running statistics, 0 ... 1.
    ///   - affine: Whether weight and bias are learned.
    ///   - trackRunningStatistics: Whether there are running statistics, for evaluation.
    public init(
        _ numFeatures: Int? = nil, epsilon: Double = 1e-5, momentum: Double = 0.1, affine: Bool = false,
        trackRunningStatistics: Bool = false
    ) {
        mistake = .found { () throws(LayerError) in
            try BatchNorm.check(numFeatures: numFeatures, epsilon: epsilon, momentum: momentum)
        }
        self.numFeatures = numFeatures
        self.epsilon = epsilon
        self.momentum = momentum
        weight = affine ? Parameter() : nil
        bias = affine ? Parameter() : nil
        runningMean = trackRunningStatistics ? Buffer() : nil
        runningVariance = trackRunningStatistics ? Buffer() : nil
        if mistake == nil, let numFeatures { build(numFeatures: numFeatures) }
    }

    /// Whether the number of channels is known, or need not be.
    public var isBuilt: Bool { mistake == nil && (weight?.isBuilt ?? runningMean?.isBuilt ?? true) }

    /// Takes the number of channels from an input `[N, C, …]`.
    public func build(for input: Shape) throws(TensorError) {
        if let mistake { throw mistake.noted(by: name) }
        try checkInput(input)
        build(numFeatures: input[1])
    }

    private func build(numFeatures: Int) {
        weight?.build([numFeatures], .constant(1))
        bias?.build([numFeatures], .constant(0))
        runningMean?.build([numFeatures])
        runningVariance?.build([numFeatures], filledWith: 1)
    }

    private var name: String { String(describing: type(of: self)) }

    private func checkInput(_ input: Shape) throws(TensorError) {
        let known = numFeatures ?? weight?.shape[0] ?? runningMean?.shape[0] ?? 0
        guard ranks.contains(input.rank), known == 0 || input[1] == known else {
            throw TensorError(
                .shapeMismatch, operation: name, "an input of shape \(input) does not fit",
                remedy: "give [N, \(known == 0 ? "C" : String(known)), …] with \(axesInWords(ranks))")
        }
    }

    /// The input normalized.
    public func forward(_ input: Tensor) -> Tensor {
        do throws(TensorError) {
            if let mistake { throw mistake.noted(by: name) }
            if input.isPlaceholder { return input }
            try checkInput(input.shape)
            return try normalized(input)
        } catch { return .failed(error, input.spec) }
    }

    private func normalized(_ input: Tensor) throws(TensorError) -> Tensor {
        let (weight, bias) = (weight?.value, bias?.value)
        let isTraining = ForwardContext.phase == .training
        if !isTraining, let mean = runningMean?.value(on: input.device),
            let variance = runningVariance?.value(on: input.device)
        {
            return input.batchNormalized(mean: mean, variance: variance, weight: weight, bias: bias, epsilon: epsilon)
        }
        let count = input.shape.dimensions.dropFirst(2).reduce(1, *)
        guard count != 1 || !isTraining else {
            throw TensorError(
                .shapeMismatch, operation: name, "an input of shape \(input.shape) has no variance to train on",
                remedy: "give more than one value per channel and sample")
        }
        if isTraining, GradientMode.isRecording { follow(input, count) }
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

extension Component<any Layer> {
    /// Declares one of the normalizations, which differ in the number of axes alone.
    static func instanceNorm(
        _ type: String, _ documentation: String,
        make: @escaping @Sendable (Int?, Double, Double, Bool, Bool) -> InstanceNorm
    ) -> Component<any Layer> {
        Component(
            type, documentation,
            Field<Int?>(
                "numFeatures", default: nil, in: .atLeast(1),
                "Channels: the input's second size, taken from it when null."),
            Field("epsilon", default: 1e-5, in: .positive, "Added to the variance."),
            Field("momentum", default: 0.1, in: .fraction, "The batch's share of the running statistics."),
            Field("affine", default: false, "Whether weight and bias are learned."),
            Field("trackRunningStatistics", default: false, "Whether there are running statistics.")
        ) { numFeatures, epsilon, momentum, affine, track in
            try BatchNorm.check(numFeatures: numFeatures, epsilon: epsilon, momentum: momentum)
            return make(numFeatures, epsilon, momentum, affine, track)
        }
    }
}
