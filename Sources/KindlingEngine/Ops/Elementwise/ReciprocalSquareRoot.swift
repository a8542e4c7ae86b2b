// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// 1 / √x, element by element.
    ///
    /// Output: the input's shape; float32 for integers.
    ///
    ///     Tensor([4.0, 16.0]).reciprocalSquareRoot()      // [0.5, 0.25]
    public func reciprocalSquareRoot() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition("reciprocalSquareRoot", .floating, .reciprocalSquareRoot)
