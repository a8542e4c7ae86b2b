// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// erf x = 2 / √π ∫₀ˣ e^(−t²) dt, element by element.
    ///
    /// Output: the input's shape; float32 for integers.
    public func erf() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition("erf", .floating, .erf)
