// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// A learned transposed convolution over volumes: `[N, in, D, H, W]` → `[N, out, D', H', W']`.
///
/// An axis of n elements becomes one of (n − 1) · stride − 2 · padding + dilation · (k − 1) + outputPadding + 1; weight
/// and bias are those of ``TransposedConvolution``.
///
///     ConvTranspose3D(64, 32, kernelSize: 2, stride: 2)      // twice the size
///     ConvTranspose3D(out: 32, kernelSize: 4, stride: 2, padding: 1)
public final class ConvTranspose3D: TransposedConvolution {
    /// A transposed convolution between so many channels.
    /// - Parameters:
    ///   - inChannels: Channels that go in, a multiple of `groups`.
    ///   - outChannels: Channels that come out, a multiple of `groups`.
    ///   - kernelSize: The window's size, one number or one for each axis.
    ///   - stride: From one window to the next.
    ///   - padding: Elements taken away on both sides of the output.
    ///   - outputPadding: Elements more behind the output, fewer than the stride or the dilation.
    ///   - groups: Into how many independent parts the channels fall.
    ///   - bias: Whether something is added.
    ///   - dilation: From one element of a window to the next.
    ///   - weightInitializer: How the weight begins; as ``TransposedConvolution`` says where none is given.
    ///   - biasInitializer: How the bias begins; as ``TransposedConvolution`` says where none is given.
    public convenience init(
        _ inChannels: Int, _ outChannels: Int, kernelSize: some PerAxis, stride: some PerAxis = 1,
        padding: some PerAxis = 0, outputPadding: some PerAxis = 0, groups: Int = 1, bias: Bool = true,
        dilation: some PerAxis = 1, weightInitializer: Initializer? = nil, biasInitializer: Initializer? = nil
    ) {
        let windows = ConvolutionWindows(
            axes: 3, kernelSize, stride: stride, padding: padding.perAxis, dilation: dilation,
            counts: ["inChannels": inChannels, "outChannels": outChannels, "groups": groups])
        self.init(
            windows, outputPadding: outputPadding, in: inChannels, out: outChannels, groups: groups,
            values: FirstValues(weightInitializer, biasInitializer, hasBias: bias))
    }

    /// A transposed convolution that takes the number of channels that go in from its first input.
    public convenience init(
        out outChannels: Int, kernelSize: some PerAxis, stride: some PerAxis = 1, padding: some PerAxis = 0,
        outputPadding: some PerAxis = 0, groups: Int = 1, bias: Bool = true, dilation: some PerAxis = 1,
        weightInitializer: Initializer? = nil, biasInitializer: Initializer? = nil
    ) {
        let windows = ConvolutionWindows(
            axes: 3, kernelSize, stride: stride, padding: padding.perAxis, dilation: dilation,
            counts: ["outChannels": outChannels, "groups": groups])
        self.init(
            windows, outputPadding: outputPadding, in: nil, out: outChannels, groups: groups,
            values: FirstValues(weightInitializer, biasInitializer, hasBias: bias))
    }

    static let component = Component<any Layer>.transposedConvolution(
        "ConvTranspose3D", "A learned transposed convolution over volumes.", axes: 3
    ) { ConvTranspose3D($0, outputPadding: $1, in: $2, out: $3, groups: $4, values: $5) }
}
