// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// x², element by element.
    ///
    /// Output: the input's shape and type.
    ///
    ///     Tensor([-3.0, 2.0]).squared()      // [9, 4]
    public func squared() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition("squared", .promoted, .square)
