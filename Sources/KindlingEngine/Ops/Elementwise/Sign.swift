// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// −1, 0 or 1 by the sign of each element.
    ///
    /// No gradient flows.
    ///
    /// Output: the input's shape and type.
    ///
    ///     Tensor([-3.0, 0.0, 2.0]).sign()      // [-1, 0, 1]
    public func sign() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition("sign", .promoted, .sign)
