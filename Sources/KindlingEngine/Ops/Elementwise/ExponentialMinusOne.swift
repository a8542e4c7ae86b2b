// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// eˣ − 1, exact near 0.
    ///
    /// Output: the input's shape; float32 for integers.
    ///
    ///     Tensor([0.0, 1.0]).expm1()      // [0, 1.7183]
    public func expm1() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition("expm1", .floating, .expm1)
