// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// Output: the input's shape; float32 for integers.
extension Tensor {
    /// sinh x = (eˣ − e⁻ˣ) / 2, element by element.
    ///
    ///     Tensor([0.0, 1.0]).sinh()           // 0, 1.1752
    public func sinh() -> Tensor { elementwise(sine) }

    /// cosh x = (eˣ + e⁻ˣ) / 2, element by element.
    ///
    ///     Tensor([0.0, 1.0]).cosh()           // 1, 1.5431
    public func cosh() -> Tensor { elementwise(cosine) }
}

private let sine = ElementwiseDefinition("sinh", .floating, .sinh)
private let cosine = ElementwiseDefinition("cosh", .floating, .cosh)
