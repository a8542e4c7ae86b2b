// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// Comparisons, element by element, broadcasting; type bool. No gradient flows.
extension Tensor {
    /// Whether elements are equal; NaN equals nothing.
    public static func .== (left: Tensor, right: Tensor) -> Tensor { left.elementwise(equal, right) }
    /// Whether elements differ.
    public static func .!= (left: Tensor, right: Tensor) -> Tensor { left.elementwise(notEqual, right) }
    /// Whether the left is smaller.
    public static func .< (left: Tensor, right: Tensor) -> Tensor { left.elementwise(less, right) }
    /// Whether the left is not larger.
    public static func .<= (left: Tensor, right: Tensor) -> Tensor { left.elementwise(lessOrEqual, right) }
    /// Whether the left is larger.
    public static func .> (left: Tensor, right: Tensor) -> Tensor { right.elementwise(less, left) }
    /// Whether the left is not smaller.
    public static func .>= (left: Tensor, right: Tensor) -> Tensor { right.elementwise(lessOrEqual, left) }

    /// Whether each element is a number and finite; type bool.
    ///
    ///     Tensor([1.0, .infinity]).isFinite()      // [true, false]
    public func isFinite() -> Tensor { elementwise(finite) }
    /// Whether each element is NaN; type bool.
    ///
    ///     Tensor([1.0, .nan]).isNaN()      // [false, true]
    public func isNaN() -> Tensor { elementwise(nan) }
}

private let equal = ElementwiseDefinition("equal", .predicate, .equal)
private let notEqual = ElementwiseDefinition("notEqual", .predicate, .notEqual)
private let less = ElementwiseDefinition("less", .predicate, .less)
private let lessOrEqual = ElementwiseDefinition("lessOrEqual", .predicate, .lessOrEqual)
private let finite = ElementwiseDefinition("isFinite", .predicate, .isFinite)
private let nan = ElementwiseDefinition("isNaN", .predicate, .isNaN)
