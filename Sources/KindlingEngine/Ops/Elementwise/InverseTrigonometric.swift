// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// Angles in radians. Output: the input's shape; float32 for integers.
extension Tensor {
    /// arcsin x in [−π/2, π/2]; NaN outside [−1, 1].
    ///
    ///     Tensor([0.0, 1.0]).asin()           // 0, π/2
    public func asin() -> Tensor { elementwise(arcSine) }

    /// arccos x in [0, π]; NaN outside [−1, 1].
    ///
    ///     Tensor([0.0, 1.0]).acos()           // π/2, 0
    public func acos() -> Tensor { elementwise(arcCosine) }

    /// arctan x in [−π/2, π/2].
    ///
    ///     Tensor([0.0, 1.0]).atan()           // 0, π/4
    public func atan() -> Tensor { elementwise(arcTangent) }
}

private let arcSine = ElementwiseDefinition("asin", .floating, .asin)
private let arcCosine = ElementwiseDefinition("acos", .floating, .acos)
private let arcTangent = ElementwiseDefinition("atan", .floating, .atan)
