// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// erf x = 2 / √π ∫₀ˣ e^(−t²) dt, element by element.
    ///
    /// Output: the input's shape; float32 for integers.
    ///
    ///     Tensor([0.0, 1.0]).erf()      // [0, 0.8427]
    public func erf() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition("erf", .floating, .erf)
