// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingBackend
public import KindlingEngine

/// What ``SeparableConv1D`` and ``SeparableConv2D`` share: every channel by itself, then all mixed at each place
/// (Chollet 2017).
///
/// The depthwise weight begins evenly in ±1/√(kernel elements), pointwise weight and bias in
/// ±1/√(in · depthMultiplier).
public class SeparableConvolution: Layer, LazilyBuilt {
    /// `[in, depthMultiplier, kernel…]`.
    public let depthwiseWeight = Parameter()
    /// `[out, in · depthMultiplier, 1…]`.
    public let pointwiseWeight = Parameter()
    /// `[out]`, or nil.
    public let bias: Parameter?
    private let windows: ConvolutionWindows
    private let outChannels: Int
    private let depthMultiplier: Int
    private let values: FirstValues
    fileprivate var mistake: LayerError?

    init(
        _ windows: ConvolutionWindows, in inChannels: Int?, out outChannels: Int, depthMultiplier: Int,
        values: FirstValues
    ) {
        self.windows = windows
        self.outChannels = outChannels
        self.depthMultiplier = depthMultiplier
        self.values = values
        bias = values.hasBias ? Parameter() : nil
        mistake =
            windows.mistake
            ?? LayerError.found(file: nil) { () throws(LayerError) in
                if let inChannels { try build(inChannels: inChannels) }
            }
        note(mistake)
    }

    /// Whether the number of channels that go in is known.
    public var isBuilt: Bool { pointwiseWeight.isBuilt }

    /// Takes the number of channels that go in from an input `[N, in, spatial…]`.
    public func build(for input: Shape) throws(TensorError) {
        try windows.build(for: input, unless: mistake, "\(type(of: self))") { (channels) throws(LayerError) in
            try build(inChannels: channels)
        }
    }

    private func build(inChannels: Int) throws(LayerError) {
        let depthwise = try DepthwiseConvolution.weightShape(inChannels, depthMultiplier, windows)
        let between = inChannels * depthMultiplier
        let pointwise = Shape([outChannels, between] + windows.size.map { _ in 1 })
        try LayerError.requireAddressable(pointwise)
        depthwiseWeight.build(depthwise, values.weight ?? .fanInUniform(fanIn: windows.size.reduce(1, *)))
        let initializer = Initializer.fanInUniform(fanIn: between)
        pointwiseWeight.build(pointwise, values.weight ?? initializer)
        bias?.build([outChannels], values.bias ?? initializer)
    }

    /// The two convolutions.
    public func forward(_ input: Tensor) -> Tensor {
        if let refused = input.requiring(spatialAxes: windows.axes, by: "\(type(of: self))") { return refused }
        return windows.convolvedByChannel(input, weight: depthwiseWeight.value, bias: nil)
            .convolved(weight: pointwiseWeight.value, bias: bias?.value)
    }

    /// Keras keeps the kernels as `[kernel…, in, depthMultiplier]` and `[1…, in · depthMultiplier, out]`.
    public var kerasWeights: [KerasWeight] {
        let spatial = Array(2..<windows.axes + 2)
        return [
            KerasWeight(.parameter(depthwiseWeight), axes: spatial + [0, 1]),
            KerasWeight(.parameter(pointwiseWeight), axes: spatial + [1, 0]),
        ] + (bias.map { [KerasWeight(.parameter($0))] } ?? [])
    }
}

extension Component<any Layer> {
    /// The component of a separable convolution over so many axes.
    static func separableConvolution(
        _ type: String, _ documentation: String, axes: Int,
        _ make: @escaping @Sendable (ConvolutionWindows, Int?, Int, Int, FirstValues) -> SeparableConvolution
    ) -> Component<any Layer> {
        Component(
            type, documentation, ConvolutionField.inChannels, ConvolutionField.outChannels,
            ConvolutionField.kernelSize, ConvolutionField.stride, ConvolutionField.padding, ConvolutionField.dilation,
            ConvolutionField.depthMultiplier, ConvolutionField.bias, ConvolutionField.paddingMode,
            ConvolutionField.weightInitializer, ConvolutionField.biasInitializer
        ) {
            inChannels, outChannels, kernelSize, stride, padding, dilation, depthMultiplier, bias, mode,
            weightInitializer, biasInitializer in
            let windows = ConvolutionWindows(
                axes: axes, kernelSize, stride: stride, padding: padding, dilation: dilation, mode: mode.padding,
                counts: [:])
            let values = FirstValues(weightInitializer, biasInitializer, hasBias: bias)
            let layer = make(windows, inChannels, outChannels, depthMultiplier, values)
            if let mistake = layer.mistake { throw mistake }
            return layer
        }
    }
}
