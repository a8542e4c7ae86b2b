// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// eˣ, element by element.
    ///
    /// Output: the input's shape; float32 for integers.
    ///
    ///     Tensor([0.0, 1.0]).exp()      // [1, 2.7183]
    public func exp() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition("exp", .floating, .exp)
