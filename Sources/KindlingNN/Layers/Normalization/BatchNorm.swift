// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

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
public class BatchNorm: Layer, LazilyBuilt {
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
    var ranks: ClosedRange<Int> { 2...Shape.maximumRank }

    /// A normalization of channels.
    /// - Parameters:
    ///   - numFeatures: C, at least 1; taken from the first input when nil.
    ///   - epsilon: Added to the variance, above 0.
    ///   - momentum: The batch's share of the running statistics, 0 ... 1.
    ///   - affine: Whether weight and bias are learned.
    ///   - trackRunningStatistics: Whether there are running statistics; without, evaluation uses the batch's too.
    public init(
        _ numFeatures: Int? = nil, epsilon: Double = 1e-5, momentum: Double = 0.1, affine: Bool = true,
        trackRunningStatistics: Bool = true
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

    /// Refuses arguments that cannot be.
    static func check(numFeatures: Int?, epsilon: Double, momentum: Double) throws(LayerError) {
        if let numFeatures { try checkSize("numFeatures", numFeatures) }
        try checkEpsilon(epsilon)
        guard momentum >= 0, momentum <= 1 else {
            throw LayerError("momentum", momentum, must: "be in 0 ... 1")
        }
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
        let count = input.shape.dimensions.dropFirst(2).reduce(input.shape[0], *)
        guard count != 1 || !isTraining else {
            throw TensorError(
                .shapeMismatch, operation: name, "an input of shape \(input.shape) has no variance to train on",
                remedy: "give more than one value per channel")
        }
        let (result, mean, variance) = input.batchNormalized(weight: weight, bias: bias, epsilon: epsilon)
        if isTraining, GradientMode.isRecording {
            runningMean?.follow(mean, momentum: momentum)
            runningVariance?.follow(variance * (Double(count) / Double(count - 1)), momentum: momentum)
        }
        return result
    }

    /// Keras' `BatchNormalization`: gamma, beta, moving mean and variance, in this order.
    public var kerasName: String { "batch_normalization" }
}

extension Component<any Layer> {
    /// Declares one of the normalizations, which differ in the number of axes alone.
    static func batchNorm(
        _ type: String, _ documentation: String,
        make: @escaping @Sendable (Int?, Double, Double, Bool, Bool) -> BatchNorm
    ) -> Component<any Layer> {
        Component(
            type, documentation,
            Field<Int?>(
                "numFeatures", default: nil, in: .atLeast(1),
                "Channels: the input's second size, taken from it when null."),
            Field("epsilon", default: 1e-5, in: .positive, "Added to the variance."),
            Field("momentum", default: 0.1, in: .fraction, "The batch's share of the running statistics."),
            Field("affine", default: true, "Whether weight and bias are learned."),
            Field("trackRunningStatistics", default: true, "Whether there are running statistics.")
        ) { numFeatures, epsilon, momentum, affine, track in
            try BatchNorm.check(numFeatures: numFeatures, epsilon: epsilon, momentum: momentum)
            return make(numFeatures, epsilon, momentum, affine, track)
        }
    }
}
