// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// σ(x) = 1 / (1 + e^(−x)), element by element, in (0, 1).
    ///
    /// Output: the input's shape; float32 for integers.
    ///
    ///     Tensor([0.0, 2.0]).sigmoid()      // [0.5, 0.8808]
    public func sigmoid() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition("sigmoid", .floating, .sigmoid)
