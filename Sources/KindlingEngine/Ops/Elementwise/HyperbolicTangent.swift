// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// tanh x, element by element, in (−1, 1).
    ///
    /// Output: the input's shape; float32 for integers.
    ///
    ///     Tensor([0.0, 1.0]).tanh()      // [0, 0.7616]
    public func tanh() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition("tanh", .floating, .tanh)
