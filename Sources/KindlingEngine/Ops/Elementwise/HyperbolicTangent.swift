// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// tanh x, element by element, in (−1, 1).
    ///
    /// Output: the input's shape; float32 for integers.
    public func tanh() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition("tanh", .floating, .tanh)
