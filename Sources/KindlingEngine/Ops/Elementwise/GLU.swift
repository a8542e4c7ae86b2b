// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The gated linear unit: the first half along an axis times the sigmoid of the second (Dauphin and others 2017).
    ///
    /// Output: the input's shape with half the size along the axis; float32 for integers. Refuses an odd size.
    ///
    ///     let gated = x.glu()                 // [N, 8] → [N, 4]
    public func glu(along axis: Int = -1) -> Tensor {
        if value.isPlaceholder { return self }
        guard let resolved = shape.axis(axis) else {
            return .failed(
                TensorError(.invalidAxis, operation: "glu", "axis \(axis) does not exist in shape \(shape)"), spec)
        }
        let size = shape[resolved]
        guard size.isMultiple(of: 2) else {
            return .failed(
                TensorError(
                    .shapeMismatch, operation: "glu",
                    "the \(size) elements of axis \(axis) of shape \(shape) do not fall into halves",
                    remedy: "make the layer before it give an even number"), spec)
        }
        return sliced(0..<size / 2, along: resolved)
            .elementwise(definition, sliced(size / 2..<size, along: resolved))
    }
}

private let definition = ElementwiseDefinition("glu", .floating, inputs: 2) { builder in
    builder.apply(.multiply, builder.input(0), builder.apply(.sigmoid, builder.input(1)))
}
