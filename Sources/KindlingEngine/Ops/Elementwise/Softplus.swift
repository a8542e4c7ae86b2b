// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// ln(1 + eˣ), a smooth ramp, element by element.
    ///
    /// Output: the input's shape; float32 for integers.
    ///
    ///     Tensor([0.0, 2.0]).softplus()      // [0.6931, 2.1269]
    public func softplus() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition("softplus", .floating, .softplus)
