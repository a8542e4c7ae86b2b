// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// Truth values, element by element, broadcasting; type bool.
///
/// What is not zero, NaN included, is true, whatever its type. No gradient flows. Comparisons bind less tightly than
/// these operators: write `(x .> 0) .& (x .< 1)`.
extension Tensor {
    /// Whether both are true.
    ///
    ///     let inside = (x .> 0) .& (x .< 1)
    public static func .& (left: Tensor, right: Tensor) -> Tensor { left.elementwise(and, right) }

    /// Whether at least one is true.
    ///
    ///     let outside = (x .< 0) .| (x .> 1)
    public static func .| (left: Tensor, right: Tensor) -> Tensor { left.elementwise(or, right) }

    /// Whether exactly one is true.
    ///
    ///     let differing = first .^ second
    public static func .^ (left: Tensor, right: Tensor) -> Tensor { left.elementwise(exclusiveOr, right) }

    /// Whether it is false.
    ///
    ///     let present = .!x.isNaN()
    public static prefix func .! (tensor: Tensor) -> Tensor { tensor.elementwise(not) }
}

private let and = ElementwiseDefinition("logicalAnd", .predicate, .logicalAnd)
private let or = ElementwiseDefinition("logicalOr", .predicate, .logicalOr)
private let exclusiveOr = ElementwiseDefinition("logicalXor", .predicate, .logicalXor)
private let not = ElementwiseDefinition("logicalNot", .predicate, .logicalNot)
