// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The angle of the point (x, y) with the x axis, in (−π, π], where this tensor is y.
    ///
    /// Shapes broadcast; float32 for integers. The gradient is (x, −y) / (x² + y²) for (y, x), and NaN at the origin.
    ///
    ///     let angle = y.atan2(x)
    public func atan2(_ x: Tensor) -> Tensor { elementwise(definition, x) }
}

private let definition = ElementwiseDefinition("atan2", .floating, .atan2)
