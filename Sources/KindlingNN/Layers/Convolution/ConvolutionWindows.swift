// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingEngine

/// Where a convolution's windows lie, for as many spatial axes as a layer has, and what is wrong with that.
struct ConvolutionWindows {
    let axes: Int
    /// One number for each axis, as long as nothing is wrong; so with the next two.
    let size: [Int]
    let stride: [Int]
    let dilation: [Int]
    /// Elements on both sides of each axis; nil for as many as `.same` needs.
    let padding: [Int]?
    let mode: PaddingMode
    let mistake: LayerError?

    /// - Parameter counts: Numbers that must be 1 or more: channels, groups.
    init(
        axes: Int, _ size: some PerAxis, stride: some PerAxis, padding: some PaddingAmount, dilation: some PerAxis,
        mode: PaddingMode = .constant(0), counts: KeyValuePairs<String, Int>
    ) {
        func spread(_ numbers: [Int]) -> [Int] {
            numbers.count == 1 ? Array(repeating: numbers[0], count: axes) : numbers
        }
        self.axes = axes
        self.size = spread(size.perAxis)
        self.stride = spread(stride.perAxis)
        self.dilation = spread(dilation.perAxis)
        self.padding = padding.paddingPerAxis.map(spread)
        self.mode = mode
        mistake = LayerError.found(file: nil) { () throws(LayerError) in
            for (name, count) in counts where count < 1 { throw LayerError(name, count, must: "be 1 or more") }
            _ = try size.checked("kernelSize", axes: axes, least: 1)
            _ = try stride.checked("stride", axes: axes, least: 1)
            _ = try dilation.checked("dilation", axes: axes, least: 1)
            _ = try padding.paddingPerAxis?.checked("padding", axes: axes, least: 0)
        }
    }

    /// The convolution of an input that has as many axes as it must.
    func convolved(_ input: Tensor, weight: Tensor, bias: Tensor?, groups: Int) -> Tensor {
        if mode == .constant(0) {
            guard let padding else {
                return input.convolved(
                    weight: weight, bias: bias, stride: stride, padding: ConvolutionPadding.same, dilation: dilation,
                    groups: groups)
            }
            return input.convolved(
                weight: weight, bias: bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
        }
        let widths = padding.map { $0.map { (before: $0, after: $0) } } ?? widthsOfSame(input.shape)
        return input.padded(widths, mode: mode)
            .convolved(weight: weight, bias: bias, stride: stride, dilation: dilation, groups: groups)
    }

    /// As much that ⌈n / stride⌉ windows fit along an axis of n elements; an odd one goes behind.
    private func widthsOfSame(_ input: Shape) -> [(before: Int, after: Int)] {
        (0..<axes).map { axis in
            let (count, span) = (input[axis + 2], dilation[axis] * (size[axis] - 1) + 1)
            let total = max(0, max(0, count - 1) / stride[axis] * stride[axis] + span - count)
            return (total / 2, total - total / 2)
        }
    }

    /// Hands the input's channels on, for a layer that takes its sizes from them.
    /// - Throws: `TensorError` with the layer's name: for the mistake found before, an input of other axes, or what
    ///   `build` finds wrong.
    func build(
        for input: Shape, unless mistake: LayerError?, _ layer: String, _ build: (Int) throws(LayerError) -> Void
    ) throws(TensorError) {
        if mistake == nil, input.rank != axes + 2 { throw .wrongAxes(input, spatialAxes: axes, layer) }
        do throws(LayerError) {
            if let mistake { throw mistake }
            try build(input[1])
        } catch { throw TensorError(.invalidValue, operation: layer, error.what) }
    }
}

/// How a convolution's weight and bias begin, where that is said, and whether it has a bias.
struct FirstValues {
    let weight: Initializer?
    let bias: Initializer?
    let hasBias: Bool

    init(_ weight: Initializer?, _ bias: Initializer?, hasBias: Bool) {
        self.weight = weight
        self.bias = bias
        self.hasBias = hasBias
    }
}

extension LayerError {
    /// Refuses groups that do not divide channels.
    static func requireGroups(_ groups: Int, divide channels: Int, _ name: String) throws(LayerError) {
        guard channels >= 1 else { throw LayerError(name, channels, must: "be 1 or more") }
        guard channels.isMultiple(of: groups) else {
            throw LayerError("groups", groups, must: "divide \(name), \(channels)")
        }
    }

    /// Refuses a weight that no memory holds.
    static func requireAddressable(_ weight: Shape) throws(LayerError) {
        guard weight.isValid else { throw LayerError("weight", weight, must: "be small enough to be addressed") }
    }
}
