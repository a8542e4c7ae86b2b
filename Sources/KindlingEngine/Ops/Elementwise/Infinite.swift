// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// Whether each element is +∞ or −∞; type bool, and false for integers.
    ///
    ///     (Tensor([1.0, 2.0]) / 0.0).isInfinite()         // true, true
    public func isInfinite() -> Tensor { elementwise(definition) }
}

// By what it is not: comparing with ∞ would take the largest integer for it.
private let definition = ElementwiseDefinition("isInfinite", .predicate, inputs: 1) { builder in
    let x = builder.input(0)
    let other = builder.apply(.logicalOr, builder.apply(.isFinite, x), builder.apply(.isNaN, x))
    return builder.apply(.logicalNot, other)
}
