// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The squared differences (x − y)².
    ///
    ///     Tensor([1.0, 3.0]).meanSquaredError(Tensor([1.0, 1.0]))     // 2
    /// - Parameters:
    ///   - targets: Of this tensor's shape, any type.
    ///   - weights: What each element counts for; broadcast. The mean divides by the number of elements.
    ///   - reduction: Mean by default.
    /// - Returns: A scalar, or this tensor's shape with `.none`. Refuses shapes that differ and predictions of whole
    ///   numbers.
    public func meanSquaredError(
        _ targets: Tensor, weights: Tensor? = nil, reduction: LossReduction = .mean
    ) -> Tensor {
        pairwiseLoss("meanSquaredError", targets, weights: weights, reduction) { elementwise(squares, $0) }
    }

    /// The absolute differences |x − y|.
    ///
    ///     Tensor([1.0, 3.0]).l1Loss(Tensor([1.0, 1.0]))     // 1
    /// - Parameters:
    ///   - targets: Of this tensor's shape, any type.
    ///   - weights: What each element counts for; broadcast. The mean divides by the number of elements.
    ///   - reduction: Mean by default.
    /// - Returns: A scalar, or this tensor's shape with `.none`. Refuses shapes that differ and predictions of whole
    ///   numbers.
    public func l1Loss(_ targets: Tensor, weights: Tensor? = nil, reduction: LossReduction = .mean) -> Tensor {
        pairwiseLoss("l1Loss", targets, weights: weights, reduction) { elementwise(distances, $0) }
    }

    /// (x − y)² / 2β where x and y are closer than β, else |x − y| − β / 2 (Girshick 2015).
    ///
    ///     Tensor([0.5, 3]).smoothL1Loss(Tensor([0.0, 0.0]))
    /// - Parameters:
    ///   - targets: Of this tensor's shape, any type.
    ///   - beta: Where the parabola ends, 0 or more; 0 gives `l1Loss`.
    ///   - reduction: Mean by default.
    /// - Returns: A scalar, or this tensor's shape with `.none`. Refuses shapes that differ, predictions of whole
    ///   numbers, and a negative or infinite β.
    public func smoothL1Loss(_ targets: Tensor, beta: Double = 1, reduction: LossReduction = .mean) -> Tensor {
        pairwiseLoss("smoothL1Loss", targets, reduction) { targets throws(TensorError) in
            try requireNumber(beta, "smoothL1Loss", "a beta", "a number of 0 or more") { $0 >= 0 }
            guard beta > 0 else { return elementwise(distances, targets) }
            return elementwise(huber, targets, parameters: [beta, 0.5 / beta, 1, 0.5 * beta])
        }
    }

    /// (x − y)² / 2 where x and y are closer than δ, else δ (|x − y| − δ / 2) (Huber 1964).
    ///
    ///     Tensor([0.5, 3]).huberLoss(Tensor([0.0, 0.0]), delta: 2)
    /// - Parameters:
    ///   - targets: Of this tensor's shape, any type.
    ///   - delta: Where the parabola ends, above 0.
    ///   - reduction: Mean by default.
    /// - Returns: A scalar, or this tensor's shape with `.none`. Refuses shapes that differ, predictions of whole
    ///   numbers, and a δ that is not positive and finite.
    public func huberLoss(_ targets: Tensor, delta: Double = 1, reduction: LossReduction = .mean) -> Tensor {
        pairwiseLoss("huberLoss", targets, reduction) { targets throws(TensorError) in
            try requireNumber(delta, "huberLoss", "a delta", "a positive number") { $0 > 0 }
            return elementwise(huber, targets, parameters: [delta, 0.5, delta, 0.5 * delta * delta])
        }
    }
}

private let squares = ElementwiseDefinition("meanSquaredError", .promoted, inputs: 2) { builder in
    builder.apply(.square, builder.apply(.subtract, builder.input(0), builder.input(1)))
}

private let distances = ElementwiseDefinition("l1Loss", .promoted, inputs: 2) { builder in
    builder.apply(.absolute, builder.apply(.subtract, builder.input(0), builder.input(1)))
}

/// Parameters: where the parabola ends, its factor, and the slope and drop of the lines beyond.
private let huber = ElementwiseDefinition("huberLoss", .promoted, inputs: 2, parameters: 4) { builder in
    let difference = builder.apply(.subtract, builder.input(0), builder.input(1))
    let distance = builder.apply(.absolute, difference)
    let parabola = builder.apply(.multiply, builder.apply(.square, difference), builder.parameter(1))
    let line = builder.apply(
        .subtract, builder.apply(.multiply, distance, builder.parameter(2)), builder.parameter(3))
    return builder.apply(.select, builder.apply(.less, distance, builder.parameter(0)), parabola, line)
}
