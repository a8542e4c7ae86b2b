// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// max(0, x)², element by element (So and others 2021, Primer).
    ///
    /// Output: the input's shape and type.
    ///
    ///     Tensor([-1.0, 3.0]).reluSquared()   // 0, 9
    public func reluSquared() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition("reluSquared", .promoted, inputs: 1) { builder in
    builder.apply(.square, builder.apply(.maximum, builder.input(0), builder.constant(0)))
}
