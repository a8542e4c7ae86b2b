// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// Scales each sample's last axes to a mean square of 1 (Zhang and Sennrich 2019).
///
/// y = x / √(mean(x²) + ε) · weight, with the mean over the last axes; nothing is subtracted. Shapes: `[…, features]` →
/// the same; the weight has the features' shape and begins as 1. float16 and bfloat16 are computed on in float32.
/// Training and evaluation do the same. ε is Keras' default; PyTorch's depends on the type.
///
///     RMSNorm(512)
public final class RMSNorm: Layer, LazilyBuilt {
    /// Of the features' shape, or nil.
    public let weight: Parameter?
    private let normalizedShape: [Int]?
    private let epsilon: Double
    private let mistake: LayerError?

    /// A normalization over the last axis.
    /// - Parameters:
    ///   - features: The last axis' size, at least 1; taken from the first input when nil.
    ///   - epsilon: Added to the mean square, above 0.
    ///   - affine: Whether a weight is learned.
    public convenience init(_ features: Int? = nil, epsilon: Double = 1e-6, affine: Bool = true) {
        self.init(shape: features.map { [$0] }, epsilon: epsilon, affine: affine)
    }

    /// A normalization over some of the last axes.
    /// - Parameters:
    ///   - normalizedShape: The last axes' sizes, each at least 1.
    ///   - epsilon: Added to the mean square, above 0.
    ///   - affine: Whether a weight is learned.
    public convenience init(_ normalizedShape: [Int], epsilon: Double = 1e-6, affine: Bool = true) {
        self.init(shape: normalizedShape, epsilon: epsilon, affine: affine)
    }

    private init(shape: [Int]?, epsilon: Double, affine: Bool) {
        mistake = .found { () throws(LayerError) in
            try LayerNorm.check(normalizedShape: shape ?? [1], epsilon: epsilon)
        }
        normalizedShape = shape
        self.epsilon = epsilon
        weight = affine ? Parameter() : nil
        if mistake == nil, let shape { build(features: Shape(shape)) }
    }

    /// Whether the features' shape is known, or need not be.
    public var isBuilt: Bool { mistake == nil && weight?.isBuilt ?? true }

    /// Takes the number of features from an input `[…, features]`.
    public func build(for input: Shape) throws(TensorError) {
        try checkInput(input)
        build(features: [input.last])
    }

    private func build(features: Shape) {
        weight?.build(features, .constant(1))
    }

    private func checkInput(_ input: Shape) throws(TensorError) {
        if let mistake { throw mistake.noted(by: "RMSNorm") }
        let features = normalizedShape ?? [input.last]
        guard input.rank >= 1, input.dimensions.suffix(features.count) == features[...] else {
            throw TensorError(
                .shapeMismatch, operation: "RMSNorm", "an input of shape \(input) does not fit",
                remedy: "give one whose last sizes are \(features)")
        }
    }

    /// The input normalized.
    public func forward(_ input: Tensor) -> Tensor {
        do throws(TensorError) {
            try checkInput(input.shape)
            let count = normalizedShape?.count ?? 1
            return input.rmsNormalized(overLast: count, weight: weight?.value, epsilon: epsilon)
        } catch { return .failed(error, input.spec) }
    }

    /// Keras' `RMSNormalization`.
    public var kerasName: String { "rms_normalization" }

    static let component = Component<any Layer>(
        "RMSNorm", "Scales each sample's last axes to a mean square of 1.",
        Field<OneOrMore<Int>?>(
            "normalizedShape", default: nil, in: .atLeast(1),
            "The last axis' size, or the last axes' sizes; the input's last size when null."),
        Field("epsilon", default: 1e-6, in: .positive, "Added to the mean square."),
        Field("affine", default: true, "Whether a weight is learned.")
    ) { normalizedShape, epsilon, affine in
        try LayerNorm.check(normalizedShape: normalizedShape?.elements ?? [1], epsilon: epsilon)
        return RMSNorm(shape: normalizedShape?.elements, epsilon: epsilon, affine: affine)
    }
}
