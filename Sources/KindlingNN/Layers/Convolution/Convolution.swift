// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingBackend
public import KindlingEngine

/// What ``Conv1D``, ``Conv2D`` and ``Conv3D`` share: a learned convolution over 1 to 3 spatial axes.
///
/// y[n, o, p] = b[o] + Σ_c Σ_k w[o, c, k] · x[n, c, stride · p + dilation · k − padding]
///
/// Weight and bias begin evenly in ±1/√(in / groups · kernel elements), as PyTorch's do.
public class Convolution: Layer, LazilyBuilt {
    /// `[out, in / groups, kernel…]`.
    public let weight = Parameter()
    /// `[out]`, or nil.
    public let bias: Parameter?
    private let windows: ConvolutionWindows
    private let outChannels: Int
    private let groups: Int
    private let values: FirstValues
    fileprivate var mistake: LayerError?

    init(_ windows: ConvolutionWindows, in inChannels: Int?, out outChannels: Int, groups: Int, values: FirstValues) {
        self.windows = windows
        self.outChannels = outChannels
        self.groups = groups
        self.values = values
        bias = values.hasBias ? Parameter() : nil
        mistake =
            windows.mistake
            ?? LayerError.found(file: nil) { () throws(LayerError) in
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
        let shape = Shape([outChannels, inChannels / groups] + windows.size)
        try LayerError.requireAddressable(shape)
        let initializer = Initializer.fanInUniform(fanIn: shape.dimensions.dropFirst().reduce(1, *))
        weight.build(shape, values.weight ?? initializer)
        bias?.build([outChannels], values.bias ?? initializer)
    }

    /// The convolution.
    public func forward(_ input: Tensor) -> Tensor {
        input.requiring(spatialAxes: windows.axes, by: "\(type(of: self))")
            ?? windows.convolved(input, weight: weight.value, bias: bias?.value, groups: groups)
    }

    /// Keras keeps the kernel as `[kernel…, in / groups, out]`.
    public var kerasWeights: [KerasWeight] {
        [KerasWeight(.parameter(weight), axes: Array(2..<windows.axes + 2) + [1, 0])]
            + (bias.map { [KerasWeight(.parameter($0))] } ?? [])
    }
}

extension Component<any Layer> {
    /// The component of a convolution over so many axes.
    static func convolution(
        _ type: String, _ documentation: String, axes: Int,
        _ make: @escaping @Sendable (ConvolutionWindows, Int?, Int, Int, FirstValues) -> Convolution
    ) -> Component<any Layer> {
        Component(
            type, documentation, ConvolutionField.inChannels, ConvolutionField.outChannels,
            ConvolutionField.kernelSize, ConvolutionField.stride, ConvolutionField.padding, ConvolutionField.dilation,
            ConvolutionField.groups, ConvolutionField.bias, ConvolutionField.paddingMode,
            ConvolutionField.weightInitializer, ConvolutionField.biasInitializer
        ) {
            inChannels, outChannels, kernelSize, stride, padding, dilation, groups, bias, mode, weightInitializer,
            biasInitializer in
            let windows = ConvolutionWindows(
                axes: axes, kernelSize, stride: stride, padding: padding, dilation: dilation, mode: mode.padding,
                counts: [:])
            let values = FirstValues(weightInitializer, biasInitializer, hasBias: bias)
            let layer = make(windows, inChannels, outChannels, groups, values)
            if let mistake = layer.mistake { throw mistake }
            return layer
        }
    }
}
