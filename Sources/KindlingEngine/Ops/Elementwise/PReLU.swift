// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// x where it is positive, else slope · x with a slope that is learned (He and others 2015).
    ///
    /// - Parameters:
    ///   - slope: One number for all, of shape `[]` or `[1]`, or one for each channel, `[C]`.
    ///   - axis: The axis of the channels, of size C.
    ///
    /// Output: the input's shape; types promote, float32 for integers. Refuses slopes that fit no channels.
    ///
    ///     let activated = pictures.prelu(slope: slope)        // [N, C, H, W] and [C]
    public func prelu(slope: Tensor, along axis: Int = 1) -> Tensor {
        if value.isPlaceholder { return self }
        if slope.value.isPlaceholder { return Tensor(.placeholder(spec)) }
        guard slope.rank <= 1 else { return refusing(slope, "is neither one number nor one for each channel") }
        if slope.elementCount == 1 { return elementwise(definition, slope.reshaped(to: [])) }
        guard let resolved = shape.axis(axis) else {
            return .failed(
                TensorError(
                    .invalidAxis, operation: "prelu", "axis \(axis) does not exist in shape \(shape)",
                    remedy: "name the axis of the channels, or give one slope for all"), spec)
        }
        guard slope.elementCount == shape[resolved] else {
            return refusing(slope, "does not fit the \(shape[resolved]) channels of axis \(axis)")
        }
        // Trailing axes of size 1 bring the slopes under their channels.
        let trailing = [Int](repeating: 1, count: rank - resolved - 1)
        return elementwise(definition, slope.reshaped(to: Shape([slope.elementCount] + trailing)))
    }

    private func refusing(_ slope: Tensor, _ what: String) -> Tensor {
        .failed(
            TensorError(
                .shapeMismatch, operation: "prelu", "a slope of shape \(slope.shape) \(what)",
                remedy: "give a slope of shape [1], or [C] for C channels"), spec)
    }
}

private let definition = ElementwiseDefinition("prelu", .floating, inputs: 2) { builder in
    let x = builder.input(0)
    let positive = builder.apply(.less, builder.constant(0), x)
    return builder.apply(.select, positive, x, builder.apply(.multiply, x, builder.input(1)))
}
