// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The smaller of each element and a number; NaN when either is.
    ///
    /// Output: the input's shape; float32 for integers. Where both are equal, the tensor gets half the gradient.
    ///
    ///     let capped = loss.minimum(10.0)
    public func minimum(_ other: Double) -> Tensor { elementwise(floatingMinimum, parameters: [other]) }

    /// The smaller of each element and a whole number.
    ///
    /// Output: the input's shape and type.
    ///
    ///     let places = indices.minimum(9)
    public func minimum(_ other: Int) -> Tensor { elementwise(promotedMinimum, parameters: [Double(other)]) }

    /// The larger of each element and a number; NaN when either is.
    ///
    /// Output: the input's shape; float32 for integers. Where both are equal, the tensor gets half the gradient.
    ///
    ///     let safe = norm.maximum(1e-8)
    public func maximum(_ other: Double) -> Tensor { elementwise(floatingMaximum, parameters: [other]) }

    /// The larger of each element and a whole number.
    ///
    /// Output: the input's shape and type.
    ///
    ///     let counts = histogram.maximum(1)
    public func maximum(_ other: Int) -> Tensor { elementwise(promotedMaximum, parameters: [Double(other)]) }
}

private let floatingMinimum = withNumber("minimum", .floating, .minimum)
private let promotedMinimum = withNumber("minimum", .promoted, .minimum)
private let floatingMaximum = withNumber("maximum", .floating, .maximum)
private let promotedMaximum = withNumber("maximum", .promoted, .maximum)

private func withNumber(
    _ name: String, _ result: ElementwiseDefinition.ResultType, _ function: ScalarFunction
) -> ElementwiseDefinition {
    ElementwiseDefinition(name, result, inputs: 1, parameters: 1) { builder in
        builder.apply(function, builder.input(0), builder.parameter(0))
    }
}
