// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// (x + √(x² + b)) / 2, a smooth ramp without exponentials (Barron 2021).
    ///
    /// - Parameter bend: b, at least 0: how wide the bend at 0 is; 4 by default, which gives 1 at 0.
    ///
    /// Output: the input's shape; float32 for integers.
    ///
    ///     Tensor([0.0, 1.5]).squareplus()     // 1, 2
    public func squareplus(bend: Double = 4) -> Tensor {
        guard bend >= 0 else {
            return .failed(
                TensorError(
                    .invalidValue, operation: "squareplus", "a bend of \(bend) is not 0 or more",
                    remedy: "give a number from 0 up"), spec)
        }
        return elementwise(definition, parameters: [bend])
    }
}

private let definition = ElementwiseDefinition("squareplus", .floating, inputs: 1, parameters: 1) { builder in
    let x = builder.input(0)
    let root = builder.apply(.squareRoot, builder.apply(.add, builder.apply(.square, x), builder.parameter(0)))
    return builder.scale(builder.apply(.add, x, root), 0.5)
}
