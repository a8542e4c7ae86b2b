// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingBackend
public import KindlingEngine

/// What ``ConvTranspose1D``, ``ConvTranspose2D`` and ``ConvTranspose3D`` share (Zeiler and others 2010).
///
/// Each element lays a window, weighted by itself, into the output: what a convolution sends back to its input.
///
/// Weight and bias begin evenly in ±1/√(out / groups · kernel elements), as PyTorch's do.
public class TransposedConvolution: Layer, LazilyBuilt {
    /// `[in, out / groups, kernel…]`.
    public let weight = Parameter()
    /// `[out]`, or nil.
    public let bias: Parameter?
    private let windows: ConvolutionWindows
    private let outputPadding: [Int]
    private let outChannels: Int
    private let groups: Int
    private let values: FirstValues
    fileprivate var mistake: LayerError?

    init(
        _ windows: ConvolutionWindows, outputPadding: some PerAxis, in inChannels: Int?, out outChannels: Int,
        groups: Int, values: FirstValues
    ) {
        self.windows = windows
        self.outputPadding = outputPadding.perAxis
        self.outChannels = outChannels
        self.groups = groups
        self.values = values
        bias = values.hasBias ? Parameter() : nil
        mistake =
            windows.mistake
            ?? LayerError.found(file: nil) { () throws(LayerError) in
                let more = try outputPadding.checked("outputPadding", axes: windows.axes, least: 0)
                for axis in 0..<windows.axes where more[axis] >= max(windows.stride[axis], windows.dilation[axis]) {
                    throw LayerError(
                        "outputPadding", more[axis],
                        must:
                            "be smaller than the stride, \(windows.stride[axis]), or the dilation, \(windows.dilation[axis])"
                    )
                }
                try LayerError.requireGroups(groups, divide: outChannels, "outChannels")
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
        try LayerError.requireGroups(groups, divide: inChannels, "inChannels")
        let shape = Shape([inChannels, outChannels / groups] + windows.size)
        try LayerError.requireAddressable(shape)
        let initializer = Initializer.fanInUniform(fanIn: shape.dimensions.dropFirst().reduce(1, *))
        weight.build(shape, values.weight ?? initializer)
        bias?.build([outChannels], values.bias ?? initializer)
    }

    /// The transposed convolution.
    public func forward(_ input: Tensor) -> Tensor {
        if let refused = input.requiring(spatialAxes: windows.axes, by: "\(type(of: self))") { return refused }
        return input.convolvedTransposed(
            weight: weight.value, bias: bias?.value, stride: windows.stride, padding: windows.padding ?? [0],
            outputPadding: outputPadding, dilation: windows.dilation, groups: groups)
    }

    /// Keras' `Conv2DTranspose` and its kin.
    public var kerasName: String { "conv\(windows.axes)d_transpose" }

    /// Keras keeps the kernel as `[kernel…, out, in]`.
    public var kerasWeights: [KerasWeight] {
        [KerasWeight(.parameter(weight), axes: Array(2..<windows.axes + 2) + [1, 0])]
            + (bias.map { [KerasWeight(.parameter($0))] } ?? [])
    }
}

extension Component<any Layer> {
    /// The component of a transposed convolution over so many axes.
    static func transposedConvolution(
        _ type: String, _ documentation: String, axes: Int,
        _ make: @escaping @Sendable (ConvolutionWindows, [Int], Int?, Int, Int, FirstValues) -> TransposedConvolution
    ) -> Component<any Layer> {
        Component(
            type, documentation, ConvolutionField.inChannels, ConvolutionField.outChannels,
            ConvolutionField.kernelSize, ConvolutionField.stride, ConvolutionField.removed,
            ConvolutionField.outputPadding, ConvolutionField.groups, ConvolutionField.bias, ConvolutionField.dilation,
            ConvolutionField.weightInitializer, ConvolutionField.biasInitializer
        ) {
            inChannels, outChannels, kernelSize, stride, padding, outputPadding, groups, bias, dilation,
            weightInitializer, biasInitializer in
            let windows = ConvolutionWindows(
                axes: axes, kernelSize, stride: stride, padding: padding.elements, dilation: dilation, counts: [:])
            let values = FirstValues(weightInitializer, biasInitializer, hasBias: bias)
            let layer = make(windows, outputPadding.elements, inChannels, outChannels, groups, values)
            if let mistake = layer.mistake { throw mistake }
            return layer
        }
    }
}
