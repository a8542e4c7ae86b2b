// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// What ``BatchNorm`` and ``InstanceNorm`` share: a weight and a bias for each channel of `[N, C, …]`, and running
/// statistics that evaluation uses.
public class ChannelNorm: Layer, LazilyBuilt {
    /// `[C]`, or nil.
    public let weight: Parameter?
    /// `[C]`, or nil.
    public let bias: Parameter?
    /// `[C]`, or nil.
    public let runningMean: Buffer?
    /// `[C]`, or nil.
    public let runningVariance: Buffer?
    private let numFeatures: Int?
    let epsilon: Double
    package let momentum: Double
    private let mistake: LayerError?
    /// The numbers of axes that an input may have.
    var ranks: ClosedRange<Int> { 2...Shape.maximumRank }

    init(
        _ numFeatures: Int?, epsilon: Double, momentum: Double, affine: Bool, trackRunningStatistics: Bool
    ) {
        mistake = .found(file: nil) { () throws(LayerError) in
            try ChannelNorm.check(numFeatures: numFeatures, epsilon: epsilon, momentum: momentum)
        }
        self.numFeatures = numFeatures
        self.epsilon = epsilon
        self.momentum = momentum
        weight = affine ? Parameter() : nil
        bias = affine ? Parameter() : nil
        runningMean = trackRunningStatistics ? Buffer() : nil
        runningVariance = trackRunningStatistics ? Buffer() : nil
        if mistake == nil, let numFeatures { build(numFeatures: numFeatures) }
        note(mistake)
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
        let count = input.shape.dimensions.dropFirst(2).reduce(isOverSamples ? input.shape[0] : 1, *)
        guard count != 1 || !isTraining else {
            throw TensorError(
                .shapeMismatch, operation: name, "an input of shape \(input.shape) has no variance to train on",
                remedy: "give more than one value per channel\(isOverSamples ? "" : " and sample")")
        }
        return normalized(
            input, count: count, weight: weight, bias: bias, following: isTraining && GradientMode.isRecording)
    }

    /// Whether the samples of a batch share their statistics.
    var isOverSamples: Bool { internalFault("\(name) does not say what it normalizes over") }

    /// The input normalized by its own statistics, each over so many values, which the running ones follow if told.
    func normalized(
        _ input: Tensor, count: Int, weight: Tensor?, bias: Tensor?, following: Bool
    ) -> Tensor { internalFault("\(name) does not say how it normalizes") }

    /// The type's name in snake case.
    public var kerasName: String { moduleSnakeCase(name) }
}

extension Component<any Layer> {
    /// Declares one of the normalizations of a kind, which differ in the number of axes alone.
    /// - Parameter learning: Whether weight and bias are learned, and running statistics kept, where nothing is said.
    static func channelNorm(
        _ type: String, _ documentation: String, learning: Bool,
        make: @escaping @Sendable (Int?, Double, Double, Bool, Bool) -> ChannelNorm
    ) -> Component<any Layer> {
        Component(
            type, documentation,
            Field<Int?>(
                "numFeatures", default: nil, in: .atLeast(1),
                "Channels: the input's second size, taken from it when null."),
            Field("epsilon", default: 1e-5, in: .positive, "Added to the variance."),
            Field("momentum", default: 0.1, in: .fraction, "The batch's share of the running statistics."),
            Field("affine", default: learning, "Whether weight and bias are learned."),
            Field("trackRunningStatistics", default: learning, "Whether there are running statistics.")
        ) { numFeatures, epsilon, momentum, affine, track in
            try ChannelNorm.check(numFeatures: numFeatures, epsilon: epsilon, momentum: momentum)
            return make(numFeatures, epsilon, momentum, affine, track)
        }
    }
}
