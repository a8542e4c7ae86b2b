// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// x where it is positive, else α (e^(x/α) − 1), whose slope at 0 is 1 for every α (Barron 2017).
    ///
    /// - Parameter alpha: Neither 0 nor infinite; 1 by default.
    ///
    /// Output: the input's shape; float32 for integers.
    ///
    ///     Tensor([-1.0, 1.0]).celu(alpha: 2)  // −0.7869, 1
    public func celu(alpha: Double = 1) -> Tensor {
        guard alpha.isFinite, alpha != 0 else {
            return .failed(
                TensorError(
                    .invalidValue, operation: "celu", "alpha is \(alpha)", remedy: "give a finite number other than 0"),
                spec)
        }
        return elementwise(definition, parameters: [alpha])
    }
}

private let definition = ElementwiseDefinition("celu", .floating, inputs: 1, parameters: 1) { builder in
    let x = builder.input(0)
    let positive = builder.apply(.less, builder.constant(0), x)
    // Only what is not positive is exponentiated, so that nothing overflows and spoils the gradient.
    let ratio = builder.apply(.divide, builder.apply(.select, positive, builder.constant(0), x), builder.parameter(0))
    let low = builder.apply(.multiply, builder.apply(.expm1, ratio), builder.parameter(0))
    return builder.apply(.select, positive, x, low)
}
