// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingBackend
public import KindlingEngine

/// A learned convolution over pictures.
///
/// Shapes: `[N, in, H, W]` → `[N, out, H', W']`; weight `[out, in / groups, k, k]`, bias `[out]`, both evenly in
/// ±1/√(in / groups · k²) at first. H' = ⌊(H + 2 · padding − dilation · (k − 1) − 1) / stride⌋ + 1.
///
///     Conv2D(3, 64, kernelSize: 3, padding: 1)
public final class Conv2D: Layer {
    /// `[out, in / groups, k, k]`.
    public let weight: Parameter
    /// `[out]`, or nil.
    public let bias: Parameter?
    private let stride: Int
    private let padding: Int
    private let dilation: Int
    private let groups: Int

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
    public init(
        _ inChannels: Int, _ outChannels: Int, kernelSize: Int, stride: Int = 1, padding: Int = 0, dilation: Int = 1,
        groups: Int = 1, bias: Bool = true
    ) {
        self.stride = stride
        self.padding = padding
        self.dilation = dilation
        self.groups = groups
        let channels = inChannels / max(1, groups)
        let initializer = Initializer.fanInUniform(fanIn: channels * kernelSize * kernelSize)
        weight = Parameter([outChannels, channels, kernelSize, kernelSize], initializer)
        self.bias = bias ? Parameter([outChannels], initializer) : nil
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
        Field<Int>(required: "inChannels", in: .atLeast(1), "Channels that go in."),
        Field<Int>(required: "outChannels", in: .atLeast(1), "Channels that come out."),
        Field<Int>(required: "kernelSize", in: .atLeast(1), "The window's side."),
        Field("stride", default: 1, in: .atLeast(1), "From one window to the next."),
        Field("padding", default: 0, in: .nonNegative, "Zeros added on every side."),
        Field("dilation", default: 1, in: .atLeast(1), "From one element of a window to the next."),
        Field("groups", default: 1, in: .atLeast(1), "Into how many independent parts the channels fall."),
        Field("bias", default: true, "Whether something is added.")
    ) { inChannels, outChannels, kernelSize, stride, padding, dilation, groups, bias in
        guard inChannels.isMultiple(of: groups), outChannels.isMultiple(of: groups) else {
            throw LayerError(
                what: "in_channels \(inChannels) and out_channels \(outChannels) are not both multiples of groups "
                    + "\(groups)")
        }
        return Conv2D(
            inChannels, outChannels, kernelSize: kernelSize, stride: stride, padding: padding, dilation: dilation,
            groups: groups, bias: bias)
    }
}
