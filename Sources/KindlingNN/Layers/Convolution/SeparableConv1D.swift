// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// A learned convolution of every channel by itself over sequences, then of all channels at each place.
///
/// Shapes: `[N, in, L]` → `[N, out, L']`; an axis shrinks as in ``Conv1D``, and the weights are those of
/// ``SeparableConvolution``. Keras' `SeparableConv1D`.
///
///     SeparableConv1D(32, 64, kernelSize: 3, padding: .same)
///     SeparableConv1D(out: 64, kernelSize: 3)     // takes the channels that go in from its first input
public final class SeparableConv1D: SeparableConvolution {
    /// A separable convolution between so many channels.
    /// - Parameters:
    ///   - inChannels: Channels that go in.
    ///   - outChannels: Channels that come out.
    ///   - kernelSize: The window's size.
    ///   - stride: From one window to the next.
    ///   - padding: Elements added on both sides, or `.same` or `.valid`.
    ///   - dilation: From one element of a window to the next.
    ///   - depthMultiplier: Channels between the two that come of each channel that goes in.
    ///   - bias: Whether something is added.
    ///   - paddingMode: What is added around the input; zeros by default.
    ///   - weightInitializer: How both weights begin; as ``SeparableConvolution`` says where none is given.
    ///   - biasInitializer: How the bias begins; as ``SeparableConvolution`` says where none is given.
    public convenience init(
        _ inChannels: Int, _ outChannels: Int, kernelSize: some PerAxis, stride: some PerAxis = 1,
        padding: some PaddingAmount = 0, dilation: some PerAxis = 1, depthMultiplier: Int = 1, bias: Bool = true,
        paddingMode: PaddingMode = .constant(0), weightInitializer: Initializer? = nil,
        biasInitializer: Initializer? = nil
    ) {
        let windows = ConvolutionWindows(
            axes: 1, kernelSize, stride: stride, padding: padding, dilation: dilation, mode: paddingMode,
            counts: ["inChannels": inChannels, "outChannels": outChannels, "depthMultiplier": depthMultiplier])
        self.init(
            windows, in: inChannels, out: outChannels, depthMultiplier: depthMultiplier,
            values: FirstValues(weightInitializer, biasInitializer, hasBias: bias))
    }

    /// A separable convolution that takes the number of channels that go in from its first input.
    public convenience init(
        out outChannels: Int, kernelSize: some PerAxis, stride: some PerAxis = 1, padding: some PaddingAmount = 0,
        dilation: some PerAxis = 1, depthMultiplier: Int = 1, bias: Bool = true,
        paddingMode: PaddingMode = .constant(0), weightInitializer: Initializer? = nil,
        biasInitializer: Initializer? = nil
    ) {
        let windows = ConvolutionWindows(
            axes: 1, kernelSize, stride: stride, padding: padding, dilation: dilation, mode: paddingMode,
            counts: ["outChannels": outChannels, "depthMultiplier": depthMultiplier])
        self.init(
            windows, in: nil, out: outChannels, depthMultiplier: depthMultiplier,
            values: FirstValues(weightInitializer, biasInitializer, hasBias: bias))
    }

    static let component = Component<any Layer>.separableConvolution(
        "SeparableConv1D", "A convolution of every channel by itself over sequences, then of all at each place.",
        axes: 1
    ) { SeparableConv1D($0, in: $1, out: $2, depthMultiplier: $3, values: $4) }
}
