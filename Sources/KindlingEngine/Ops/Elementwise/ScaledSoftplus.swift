// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// ln(1 + e^(βx)) / β, and x itself where βx is above the threshold.
    ///
    /// - Parameters:
    ///   - beta: β, how sharp the bend at 0 is; finite, not 0.
    ///   - threshold: Where the ramp counts as straight; not NaN.
    ///
    /// Output: the input's shape; float32 for integers.
    ///
    ///     let scale = raw.softplus(beta: 2)
    public func softplus(beta: Double, threshold: Double = 20) -> Tensor {
        guard beta.isFinite, beta != 0, !threshold.isNaN else {
            return .failed(
                TensorError(
                    .invalidValue, operation: "softplus", "beta is \(beta) and the threshold \(threshold)",
                    remedy: "give a finite beta other than 0, and a number as threshold"), spec)
        }
        return elementwise(definition, parameters: [beta, threshold])
    }
}

private let definition = ElementwiseDefinition("softplus", .floating, inputs: 1, parameters: 2) { builder in
    let x = builder.input(0)
    let scaled = builder.apply(.multiply, x, builder.parameter(0))
    let bent = builder.apply(.divide, builder.apply(.softplus, scaled), builder.parameter(0))
    return builder.apply(.select, builder.apply(.less, builder.parameter(1), scaled), x, bent)
}
