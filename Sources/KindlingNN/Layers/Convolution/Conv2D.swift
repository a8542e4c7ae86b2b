// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingBackend
public import KindlingEngine

/// A learned convolution over pictures.
///
/// Shapes: `[N, in, H, W]` → `[N, out, H', W']`; weight `[out, in / groups, k, k]`, bias `[out]`, both evenly in
/// ±1/√(in / groups · k²) at first. H' = ⌊(H + 2 · padding − dilation · (k − 1) − 1) / stride⌋ + 1.
///
///     Conv2D(3, 64, kernelSize: 3, padding: 1)
///     Conv2D(out: 64, kernelSize: 3)        // takes the channels that go in from its first input
public final class Conv2D: Layer, LazilyBuilt {
    /// `[out, in / groups, k, k]`.
    public let weight = Parameter()
    /// `[out]`, or nil.
    public let bias: Parameter?
    private let outChannels: Int
    private let kernelSize: Int
    private let stride: Int
    private let padding: Int
    private let dilation: Int
    private let groups: Int
    private let weightInitializer: Initializer?
    private let biasInitializer: Initializer?

    /// A convolution with square windows.
    /// - Parameters:
    ///   - inChannels: Channels that go in.
    ///   - outChannels: Channels that come out, a multiple of `groups`.
    ///   - kernelSize: The window's side.
    ///   - stride: From one window to the next.
    ///   - padding: Zeros added on every side.
    ///   - dilation: From one element of a window to the next.
    ///   - groups: Into how many independent parts the channels fall.
    ///   - bias: Whether something is added.
    ///   - weightInitializer: How the weight begins; evenly in ±1/√(in / groups · k²) where none is given.
    ///   - biasInitializer: How the bias begins; as the weight where none is given.
    public convenience init(
        _ inChannels: Int, _ outChannels: Int, kernelSize: Int, stride: Int = 1, padding: Int = 0, dilation: Int = 1,
        groups: Int = 1, bias: Bool = true, weightInitializer: Initializer? = nil, biasInitializer: Initializer? = nil
    ) {
        self.init(
            out: outChannels, kernelSize: kernelSize, stride: stride, padding: padding, dilation: dilation,
            groups: groups, bias: bias, weightInitializer: weightInitializer, biasInitializer: biasInitializer)
        build(inChannels: inChannels)
    }

    /// A convolution that takes the number of channels that go in from its first input.
    public init(
        out outChannels: Int, kernelSize: Int, stride: Int = 1, padding: Int = 0, dilation: Int = 1, groups: Int = 1,
        bias: Bool = true, weightInitializer: Initializer? = nil, biasInitializer: Initializer? = nil
    ) {
        self.outChannels = outChannels
        self.kernelSize = kernelSize
        self.stride = stride
        self.padding = padding
        self.dilation = dilation
        self.groups = groups
        self.weightInitializer = weightInitializer
        self.biasInitializer = biasInitializer
        self.bias = bias ? Parameter() : nil
    }

    /// Whether the number of channels that go in is known.
    public var isBuilt: Bool { weight.isBuilt }

    /// Takes the number of channels that go in from an input `[N, in, H, W]`.
    public func build(for input: Shape) throws(TensorError) {
        guard input.rank == 4 else {
            throw TensorError(
                .shapeMismatch, operation: "convolution", "an input of shape \(input) is not [N, channels, H, W]",
                remedy: "give it pictures with the channels in the second axis")
        }
        guard groups > 0, input[1].isMultiple(of: groups) else {
            throw TensorError(
                .invalidValue, operation: "convolution", "\(input[1]) channels do not fall into \(groups) groups",
                remedy: "use a number of groups that divides the input's and the output's channels")
        }
        build(inChannels: input[1])
    }

    private func build(inChannels: Int) {
        let channels = inChannels / max(1, groups)
        // Impossible sizes are refused by the weight's shape; here they must only not overflow.
        let initializer = Initializer.fanInUniform(fanIn: channels &* kernelSize &* kernelSize)
        weight.build([outChannels, channels, kernelSize, kernelSize], weightInitializer ?? initializer)
        bias?.build([outChannels], biasInitializer ?? initializer)
    }

    /// The convolution.
    public func forward(_ input: Tensor) -> Tensor {
        input.convolved(
            weight: weight.value, bias: bias?.value, stride: [stride], padding: [padding], dilation: [dilation],
            groups: groups)
    }

    /// Keras' `Conv2D`.
    public var kerasName: String { "conv2d" }

    /// Keras keeps the kernel as `[k, k, in, out]`.
    public var kerasWeights: [KerasWeight] {
        [KerasWeight(.parameter(weight), axes: [2, 3, 1, 0])] + (bias.map { [KerasWeight(.parameter($0))] } ?? [])
    }

    static let component = Component<any Layer>(
        "Conv2D", "A learned convolution over pictures [N, channels, height, width].",
        Field<Int?>("inChannels", default: nil, in: .atLeast(1), "Channels that go in; null takes the input's."),
        Field<Int>(required: "outChannels", in: .atLeast(1), "Channels that come out."),
        Field<Int>(required: "kernelSize", in: .atLeast(1), "The window's side."),
        Field("stride", default: 1, in: .atLeast(1), "From one window to the next."),
        Field("padding", default: 0, in: .nonNegative, "Zeros added on every side."),
        Field("dilation", default: 1, in: .atLeast(1), "From one element of a window to the next."),
        Field("groups", default: 1, in: .atLeast(1), "Into how many independent parts the channels fall."),
        Field("bias", default: true, "Whether something is added."),
        Field(
            optional: "weightInitializer", of: InitializerKind.kind,
            "How the weight begins; null is evenly in ±1/√(in_channels / groups · kernel_size²)."),
        Field(optional: "biasInitializer", of: InitializerKind.kind, "How the bias begins; null as the weight's null.")
    ) {
        inChannels, outChannels, kernelSize, stride, padding, dilation, groups, bias, weightInitializer,
        biasInitializer in
        guard (inChannels ?? groups).isMultiple(of: groups), outChannels.isMultiple(of: groups) else {
            throw LayerError(
                what: "in_channels \(inChannels.map(String.init) ?? "null") and out_channels \(outChannels) are not "
                    + "both multiples of groups \(groups)")
        }
        guard let inChannels else {
            return Conv2D(
                out: outChannels, kernelSize: kernelSize, stride: stride, padding: padding, dilation: dilation,
                groups: groups, bias: bias, weightInitializer: weightInitializer, biasInitializer: biasInitializer)
        }
        return Conv2D(
            inChannels, outChannels, kernelSize: kernelSize, stride: stride, padding: padding, dilation: dilation,
            groups: groups, bias: bias, weightInitializer: weightInitializer, biasInitializer: biasInitializer)
    }
}
