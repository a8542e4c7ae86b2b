// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The largest whole number not above each element.
    ///
    /// No gradient flows.
    ///
    /// Output: the input's shape and type.
    ///
    ///     Tensor([1.7, -1.2]).floor()      // [1, -2]
    public func floor() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition("floor", .promoted, .floor)
