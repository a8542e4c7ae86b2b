// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// A learned convolution over pictures: `[N, in, H, W]` → `[N, out, H', W']`.
///
/// An axis of n elements becomes one of ⌊(n + 2 · padding − dilation · (k − 1) − 1) / stride⌋ + 1; weight and bias are
/// those of ``Convolution``.
///
///     Conv2D(3, 64, kernelSize: 3, padding: 1)
///     Conv2D(3, 64, kernelSize: [3, 5], padding: .same, paddingMode: .reflect)
///     Conv2D(out: 64, kernelSize: 3)        // takes the channels that go in from its first input
public final class Conv2D: Convolution {
    /// A convolution between so many channels.
    /// - Parameters:
    ///   - inChannels: Channels that go in, a multiple of `groups`.
    ///   - outChannels: Channels that come out, a multiple of `groups`.
    ///   - kernelSize: The window's size, one number or one for each axis.
    ///   - stride: From one window to the next.
    ///   - padding: Elements added on both sides, or `.same` or `.valid`.
    ///   - dilation: From one element of a window to the next.
    ///   - groups: Into how many independent parts the channels fall.
    ///   - bias: Whether something is added.
    ///   - paddingMode: What is added around the input; zeros by default.
    ///   - weightInitializer: How the weight begins; as ``Convolution`` says where none is given.
    ///   - biasInitializer: How the bias begins; as ``Convolution`` says where none is given.
    public convenience init(
        _ inChannels: Int, _ outChannels: Int, kernelSize: some PerAxis, stride: some PerAxis = 1,
        padding: some PaddingAmount = 0, dilation: some PerAxis = 1, groups: Int = 1, bias: Bool = true,
        paddingMode: PaddingMode = .constant(0), weightInitializer: Initializer? = nil,
        biasInitializer: Initializer? = nil
    ) {
        let windows = ConvolutionWindows(
            axes: 2, kernelSize, stride: stride, padding: padding, dilation: dilation, mode: paddingMode,
            counts: ["inChannels": inChannels, "outChannels": outChannels, "groups": groups])
        self.init(
            windows, in: inChannels, out: outChannels, groups: groups,
            values: FirstValues(weightInitializer, biasInitializer, hasBias: bias))
    }

    /// A convolution that takes the number of channels that go in from its first input.
    public convenience init(
        out outChannels: Int, kernelSize: some PerAxis, stride: some PerAxis = 1, padding: some PaddingAmount = 0,
        dilation: some PerAxis = 1, groups: Int = 1, bias: Bool = true, paddingMode: PaddingMode = .constant(0),
        weightInitializer: Initializer? = nil, biasInitializer: Initializer? = nil
    ) {
        let windows = ConvolutionWindows(
            axes: 2, kernelSize, stride: stride, padding: padding, dilation: dilation, mode: paddingMode,
            counts: ["outChannels": outChannels, "groups": groups])
        self.init(
            windows, in: nil, out: outChannels, groups: groups,
            values: FirstValues(weightInitializer, biasInitializer, hasBias: bias))
    }

    static let component = Component<any Layer>.convolution("Conv2D", "A learned convolution over pictures.", axes: 2) {
        Conv2D($0, in: $1, out: $2, groups: $3, values: $4)
    }
}
