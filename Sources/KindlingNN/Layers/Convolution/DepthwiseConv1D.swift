// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// A learned convolution of every channel by itself over sequences; Keras' `DepthwiseConv1D`.
///
/// Shapes: `[N, in, L]` → `[N, in · depthMultiplier, L']`; an axis shrinks as in ``Conv1D``, and weight and bias
/// are those of ``DepthwiseConvolution``.
///
///     DepthwiseConv1D(32, kernelSize: 3, padding: 1)
///     DepthwiseConv1D(kernelSize: 3, depthMultiplier: 2)      // takes the channels from its first input
public final class DepthwiseConv1D: DepthwiseConvolution {
    /// A convolution of so many channels.
    /// - Parameters:
    ///   - inChannels: Channels that go in.
    ///   - kernelSize: The window's size.
    ///   - stride: From one window to the next.
    ///   - padding: Elements added on both sides, or `.same` or `.valid`.
    ///   - dilation: From one element of a window to the next.
    ///   - depthMultiplier: Channels that come of each channel that goes in.
    ///   - bias: Whether something is added.
    ///   - paddingMode: What is added around the input; zeros by default.
    ///   - weightInitializer: How the weight begins; as ``DepthwiseConvolution`` says where none is given.
    ///   - biasInitializer: How the bias begins; as ``DepthwiseConvolution`` says where none is given.
    public convenience init(
        _ inChannels: Int, kernelSize: some PerAxis, stride: some PerAxis = 1, padding: some PaddingAmount = 0,
        dilation: some PerAxis = 1, depthMultiplier: Int = 1, bias: Bool = true,
        paddingMode: PaddingMode = .constant(0), weightInitializer: Initializer? = nil,
        biasInitializer: Initializer? = nil
    ) {
        let windows = ConvolutionWindows(
            axes: 1, kernelSize, stride: stride, padding: padding, dilation: dilation, mode: paddingMode,
            counts: ["inChannels": inChannels, "depthMultiplier": depthMultiplier])
        self.init(
            windows, in: inChannels, depthMultiplier: depthMultiplier,
            values: FirstValues(weightInitializer, biasInitializer, hasBias: bias))
    }

    /// A convolution that takes the number of channels from its first input.
    public convenience init(
        kernelSize: some PerAxis, stride: some PerAxis = 1, padding: some PaddingAmount = 0,
        dilation: some PerAxis = 1, depthMultiplier: Int = 1, bias: Bool = true,
        paddingMode: PaddingMode = .constant(0), weightInitializer: Initializer? = nil,
        biasInitializer: Initializer? = nil
    ) {
        let windows = ConvolutionWindows(
            axes: 1, kernelSize, stride: stride, padding: padding, dilation: dilation, mode: paddingMode,
            counts: ["depthMultiplier": depthMultiplier])
        self.init(
            windows, in: nil, depthMultiplier: depthMultiplier,
            values: FirstValues(weightInitializer, biasInitializer, hasBias: bias))
    }

    static let component = Component<any Layer>.depthwiseConvolution(
        "DepthwiseConv1D", "A learned convolution of every channel by itself over sequences.", axes: 1
    ) { DepthwiseConv1D($0, in: $1, depthMultiplier: $2, values: $3) }
}
