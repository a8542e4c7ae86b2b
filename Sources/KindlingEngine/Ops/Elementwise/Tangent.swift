// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// tan x, x in radians.
    ///
    /// Output: the input's shape; float32 for integers.
    ///
    ///     Tensor([0.0, .pi / 4]).tan()        // 0, 1
    public func tan() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition("tan", .floating, .tan)
