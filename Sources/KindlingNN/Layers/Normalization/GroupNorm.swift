// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// Scales groups of channels of each sample to zero mean and unit variance (Wu and He 2018).
///
/// y = (x − mean) / √(variance + ε) · weight + bias, with statistics over a group's channels and all axes behind them.
/// Shapes: `[N, C, …]` → the same; weight and bias `[C]`, beginning as 1 and 0. float16 and bfloat16 are computed on in
/// float32. Training and evaluation do the same.
///
///     GroupNorm(groups: 8, 64)
public final class GroupNorm: Layer, LazilyBuilt {
    /// `[C]`, or nil.
    public let weight: Parameter?
    /// `[C]`, or nil.
    public let bias: Parameter?
    private let groups: Int
    private let numChannels: Int?
    private let epsilon: Double
    private let mistake: LayerError?

    /// A normalization of so many groups of channels.
    /// - Parameters:
    ///   - groups: A divisor of the channels; 1 normalizes over all of a sample.
    ///   - numChannels: C, at least 1; taken from the first input when nil.
    ///   - epsilon: Added to the variance, above 0.
    ///   - affine: Whether weight and bias are learned.
    public init(groups: Int, _ numChannels: Int? = nil, epsilon: Double = 1e-5, affine: Bool = true) {
        mistake = .found { () throws(LayerError) in
            try GroupNorm.check(groups: groups, numChannels: numChannels, epsilon: epsilon)
        }
        self.groups = groups
        self.numChannels = numChannels
        self.epsilon = epsilon
        weight = affine ? Parameter() : nil
        bias = affine ? Parameter() : nil
        if mistake == nil, let numChannels { build(numChannels: numChannels) }
    }

    /// Refuses arguments that cannot be.
    static func check(groups: Int, numChannels: Int?, epsilon: Double) throws(LayerError) {
        try checkSize("groups", groups)
        try checkEpsilon(epsilon)
        guard let numChannels else { return }  // the first input's are checked when it comes
        try checkSize("numChannels", numChannels)
        guard numChannels.isMultiple(of: groups) else {
            throw LayerError("groups", groups, must: "divide numChannels, \(numChannels)")
        }
    }

    /// Whether the number of channels is known, or need not be.
    public var isBuilt: Bool { mistake == nil && weight?.isBuilt ?? true }

    /// Takes the number of channels from an input `[N, C, …]`.
    public func build(for input: Shape) throws(TensorError) {
        try checkInput(input)
        build(numChannels: input[1])
    }

    private func build(numChannels: Int) {
        weight?.build([numChannels], .constant(1))
        bias?.build([numChannels], .constant(0))
    }

    private func checkInput(_ input: Shape) throws(TensorError) {
        if let mistake { throw mistake.noted(by: "GroupNorm") }
        guard input.rank >= 2, input[1] == numChannels ?? input[1], input[1].isMultiple(of: groups) else {
            throw TensorError(
                .shapeMismatch, operation: "GroupNorm", "an input of shape \(input) does not fit \(groups) groups",
                remedy: "give [N, \(numChannels.map(String.init) ?? "a multiple of \(groups)"), …]")
        }
    }

    /// The input normalized.
    public func forward(_ input: Tensor) -> Tensor {
        do throws(TensorError) {
            try checkInput(input.shape)
            return input.groupNormalized(groups: groups, weight: weight?.value, bias: bias?.value, epsilon: epsilon)
        } catch { return .failed(error, input.spec) }
    }

    /// Keras' `GroupNormalization`: gamma and beta.
    public var kerasName: String { "group_normalization" }

    static let component = Component<any Layer>(
        "GroupNorm", "Scales groups of channels of each sample to zero mean and unit variance.",
        Field<Int>(required: "groups", in: .atLeast(1), "Into how many groups the channels fall."),
        Field<Int?>(
            "numChannels", default: nil, in: .atLeast(1), "Channels: the input's second size, taken from it when null."),
        Field("epsilon", default: 1e-5, in: .positive, "Added to the variance."),
        Field("affine", default: true, "Whether weight and bias are learned.")
    ) { groups, numChannels, epsilon, affine in
        try check(groups: groups, numChannels: numChannels, epsilon: epsilon)
        return GroupNorm(groups: groups, numChannels, epsilon: epsilon, affine: affine)
    }
}
