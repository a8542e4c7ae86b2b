// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// x where it is above a threshold, else a number in its place; NaN stays NaN.
    ///
    /// Output: the input's shape; float32 for integers.
    ///
    ///     Tensor([0.3, 2.0]).thresholded(at: 0.5, else: -1)   // −1, 2
    public func thresholded(at threshold: Double, else replacement: Double = 0) -> Tensor {
        elementwise(definition, parameters: [threshold, replacement])
    }
}

private let definition = ElementwiseDefinition("thresholded", .floating, inputs: 1, parameters: 2) { builder in
    let x = builder.input(0)
    let isLow = builder.apply(.lessOrEqual, x, builder.parameter(0))
    return builder.apply(.select, isLow, builder.parameter(1), x)
}
