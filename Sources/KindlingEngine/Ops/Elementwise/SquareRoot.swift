// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// √x, element by element; NaN below 0.
    ///
    /// Output: the input's shape; float32 for integers.
    ///
    ///     Tensor([9.0, 4.0]).squareRoot()      // [3, 2]
    public func squareRoot() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition("squareRoot", .floating, .squareRoot)
