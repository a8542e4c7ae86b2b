// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// Scales each sample's last axes to zero mean and unit variance (Ba, Kiros and Hinton 2016).
///
/// y = (x − mean) / √(variance + ε) · weight + bias, with statistics over the last axes. Shapes: `[…, features]` → the
/// same; weight and bias have the features' shape, beginning as 1 and 0. float16 and bfloat16 are computed on in
/// float32. Training and evaluation do the same.
///
///     LayerNorm(512)          // over the last axis of [N, T, 512]
///     LayerNorm([64, 8, 8])   // over the last three of [N, 64, 8, 8]
public final class LayerNorm: Layer, LazilyBuilt {
    /// Of the features' shape, or nil.
    public let weight: Parameter?
    /// Of the features' shape, or nil.
    public let bias: Parameter?
    private let normalizedShape: [Int]?
    private let epsilon: Double
    private let mistake: LayerError?

    /// A normalization over the last axis.
    /// - Parameters:
    ///   - features: The last axis' size, at least 1; taken from the first input when nil.
    ///   - epsilon: Added to the variance, above 0.
    ///   - affine: Whether weight and bias are learned.
    ///   - bias: Whether a bias is learned beside the weight.
    public convenience init(_ features: Int? = nil, epsilon: Double = 1e-5, affine: Bool = true, bias: Bool = true) {
        self.init(shape: features.map { [$0] }, epsilon: epsilon, affine: affine, bias: bias)
    }

    /// A normalization over some of the last axes.
    /// - Parameters:
    ///   - normalizedShape: The last axes' sizes, each at least 1.
    ///   - epsilon: Added to the variance, above 0.
    ///   - affine: Whether weight and bias are learned.
    ///   - bias: Whether a bias is learned beside the weight.
    public convenience init(_ normalizedShape: [Int], epsilon: Double = 1e-5, affine: Bool = true, bias: Bool = true) {
        self.init(shape: normalizedShape, epsilon: epsilon, affine: affine, bias: bias)
    }

    private init(shape: [Int]?, epsilon: Double, affine: Bool, bias: Bool) {
        mistake = .found { () throws(LayerError) in
            try LayerNorm.check(normalizedShape: shape ?? [1], epsilon: epsilon)
        }
        normalizedShape = shape
        self.epsilon = epsilon
        weight = affine ? Parameter() : nil
        self.bias = affine && bias ? Parameter() : nil
        if mistake == nil, let shape { build(features: Shape(shape)) }
    }

    /// Refuses arguments that cannot be.
    static func check(normalizedShape: [Int], epsilon: Double) throws(LayerError) {
        guard (1...Shape.maximumRank).contains(normalizedShape.count) else {
            throw LayerError("normalizedShape", normalizedShape, must: "be 1 to \(Shape.maximumRank) sizes")
        }
        for size in normalizedShape { try checkSize("normalizedShape", size) }
        try checkEpsilon(epsilon)
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
        bias?.build(features, .constant(0))
    }

    private func checkInput(_ input: Shape) throws(TensorError) {
        if let mistake { throw mistake.noted(by: "LayerNorm") }
        let features = normalizedShape ?? [input.last]
        guard input.rank >= 1, input.dimensions.suffix(features.count) == features[...] else {
            throw TensorError(
                .shapeMismatch, operation: "LayerNorm", "an input of shape \(input) does not fit",
                remedy: "give one whose last sizes are \(features)")
        }
    }

    /// The input normalized.
    public func forward(_ input: Tensor) -> Tensor {
        do throws(TensorError) {
            try checkInput(input.shape)
            let count = normalizedShape?.count ?? 1
            return input.layerNormalized(
                overLast: count, weight: weight?.value, bias: bias?.value, epsilon: epsilon)
        } catch { return .failed(error, input.spec) }
    }

    /// Keras' `LayerNormalization`: gamma and beta.
    public var kerasName: String { "layer_normalization" }

    static let component = Component<any Layer>(
        "LayerNorm", "Scales each sample's last axes to zero mean and unit variance.",
        Field<OneOrMore<Int>?>(
            "normalizedShape", default: nil, in: .atLeast(1),
            "The last axis' size, or the last axes' sizes; the input's last size when null."),
        Field("epsilon", default: 1e-5, in: .positive, "Added to the variance."),
        Field("affine", default: true, "Whether weight and bias are learned."),
        Field("bias", default: true, "Whether a bias is learned beside the weight.")
    ) { normalizedShape, epsilon, affine, bias in
        try check(normalizedShape: normalizedShape?.elements ?? [1], epsilon: epsilon)
        return LayerNorm(shape: normalizedShape?.elements, epsilon: epsilon, affine: affine, bias: bias)
    }
}
