// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// |x|, element by element.
    ///
    /// Its gradient is sign(x): 0 at 0.
    ///
    /// Output: the input's shape and type.
    ///
    ///     Tensor([-2.0, 0.5]).abs()      // [2, 0.5]
    public func abs() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition("absolute", .promoted, .absolute)
