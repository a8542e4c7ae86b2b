// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The largest whole number not above each element.
    ///
    /// No gradient flows.
    ///
    /// Output: the input's shape and type.
    public func floor() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition("floor", .promoted, .floor)
