// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// λ x where x is positive, else λ α (eˣ − 1), which keeps mean 0 and variance 1 (Klambauer and others 2017).
    ///
    /// λ = 1.0507 and α = 1.6733. Output: the input's shape; float32 for integers.
    ///
    ///     Tensor([-1.0, 1.0]).selu()          // −1.1113, 1.0507
    public func selu() -> Tensor { elementwise(definition) }
}

private let definition = ElementwiseDefinition("selu", .floating, inputs: 1) { builder in
    let x = builder.input(0)
    let scale = 1.0507009873554804934193349852946
    let alpha = 1.6732632423543772848170429916717
    let positive = builder.apply(.less, builder.constant(0), x)
    // Only what is not positive is exponentiated, so that nothing overflows and spoils the gradient.
    let low = builder.apply(.expm1, builder.apply(.select, positive, builder.constant(0), x))
    return builder.apply(.select, positive, builder.scale(x, scale), builder.scale(low, scale * alpha))
}
