// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingBackend
public import KindlingEngine

/// What ``DepthwiseConv1D`` and ``DepthwiseConv2D`` share: every channel convolved by itself.
///
/// Output channel c · depthMultiplier + m comes of channel c alone. Weight and bias begin evenly in
/// ±1/√(kernel elements).
public class DepthwiseConvolution: Layer, LazilyBuilt {
    /// `[in, depthMultiplier, kernel…]`.
    public let weight = Parameter()
    /// `[in · depthMultiplier]`, or nil.
    public let bias: Parameter?
    private let windows: ConvolutionWindows
    private let depthMultiplier: Int
    private let values: FirstValues
    fileprivate var mistake: LayerError?

    init(_ windows: ConvolutionWindows, in inChannels: Int?, depthMultiplier: Int, values: FirstValues) {
        self.windows = windows
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
    public var isBuilt: Bool { weight.isBuilt }

    /// Takes the number of channels that go in from an input `[N, in, spatial…]`.
    public func build(for input: Shape) throws(TensorError) {
        try windows.build(for: input, unless: mistake, "\(type(of: self))") { (channels) throws(LayerError) in
            try build(inChannels: channels)
        }
    }

    private func build(inChannels: Int) throws(LayerError) {
        let shape = try DepthwiseConvolution.weightShape(inChannels, depthMultiplier, windows)
        let initializer = Initializer.fanInUniform(fanIn: windows.size.reduce(1, *))
        weight.build(shape, values.weight ?? initializer)
        bias?.build([inChannels * depthMultiplier], values.bias ?? initializer)
    }

    /// The shape of a weight for each channel.
    static func weightShape(
        _ inChannels: Int, _ depthMultiplier: Int, _ windows: ConvolutionWindows
    ) throws(LayerError) -> Shape {
        guard inChannels >= 1 else { throw LayerError("inChannels", inChannels, must: "be 1 or more") }
        let shape = Shape([inChannels, depthMultiplier] + windows.size)
        try LayerError.requireAddressable(shape)
        return shape
    }

    /// The convolution of every channel by itself.
    public func forward(_ input: Tensor) -> Tensor {
        input.requiring(spatialAxes: windows.axes, by: "\(type(of: self))")
            ?? windows.convolvedByChannel(input, weight: weight.value, bias: bias?.value)
    }

    /// Keras keeps the kernel as `[kernel…, in, depthMultiplier]`.
    public var kerasWeights: [KerasWeight] {
        [KerasWeight(.parameter(weight), axes: Array(2..<windows.axes + 2) + [0, 1])]
            + (bias.map { [KerasWeight(.parameter($0))] } ?? [])
    }
}

extension Component<any Layer> {
    /// The component of a depthwise convolution over so many axes.
    static func depthwiseConvolution(
        _ type: String, _ documentation: String, axes: Int,
        _ make: @escaping @Sendable (ConvolutionWindows, Int?, Int, FirstValues) -> DepthwiseConvolution
    ) -> Component<any Layer> {
        Component(
            type, documentation, ConvolutionField.inChannels, ConvolutionField.kernelSize, ConvolutionField.stride,
            ConvolutionField.padding, ConvolutionField.dilation, ConvolutionField.depthMultiplier,
            ConvolutionField.bias, ConvolutionField.paddingMode, ConvolutionField.weightInitializer,
            ConvolutionField.biasInitializer
        ) {
            inChannels, kernelSize, stride, padding, dilation, depthMultiplier, bias, mode, weightInitializer,
            biasInitializer in
            let windows = ConvolutionWindows(
                axes: axes, kernelSize, stride: stride, padding: padding, dilation: dilation, mode: mode.padding,
                counts: [:])
            let values = FirstValues(weightInitializer, biasInitializer, hasBias: bias)
            let layer = make(windows, inChannels, depthMultiplier, values)
            if let mistake = layer.mistake { throw mistake }
            return layer
        }
    }
}

extension ConvolutionWindows {
    /// The convolution of every channel by itself, with a weight `[in, depthMultiplier, kernel…]`.
    func convolvedByChannel(_ input: Tensor, weight: Tensor, bias: Tensor?) -> Tensor {
        let sizes = weight.shape.dimensions
        // What stands in for a weight that could not be drawn has no such axes; its mistake has been noted.
        guard sizes.count == axes + 2 else { return weight }
        let filters = weight.reshaped(to: Shape([sizes[0] * sizes[1], 1] + sizes[2...]))
        return convolved(input, weight: filters, bias: bias, groups: sizes[0])
    }
}
