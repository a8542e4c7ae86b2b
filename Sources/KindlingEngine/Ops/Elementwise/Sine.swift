// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// sin x, x in radians.
    ///
    /// Output: the input's shape; float32 for integers.
    ///
    ///     Tensor([0.0, .pi / 2]).sin()      // [0, 1]
    public func sin() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition("sin", .floating, .sin)
