// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// cos x, x in radians.
    ///
    /// Output: the input's shape; float32 for integers.
    ///
    ///     Tensor([0.0, .pi]).cos()      // [1, -1]
    public func cos() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition("cos", .floating, .cos)
