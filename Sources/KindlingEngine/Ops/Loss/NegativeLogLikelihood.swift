// SPDX-License-Identifier: Apache-2.0
package import KindlingBackend

extension Tensor {
    /// Minus the log-probability of the right class, as PyTorch's `nll_loss`.
    ///
    /// −w[t] · x[t]; 0 where the class is ignored. The mean divides by the sum of the weights of the classes that count.
    ///
    ///     let classes = Tensor([2, 0] as [Int])
    ///     logits.logSoftmax(over: 1).negativeLogLikelihood(classes)
    /// - Parameters:
    ///   - classes: Class numbers `[N]` or `[N, d…]` for log-probabilities `[N, C]` or `[N, C, d…]`, any integer type.
    ///   - weights: A weight for each class, `[C]`; no gradient flows to it.
    ///   - ignored: Elements of this class do not count.
    ///   - reduction: Mean by default.
    /// - Returns: A scalar, or the classes' shape with `.none`. Refuses shapes that do not fit, classes that are no
    ///   whole numbers and classes outside 0 ..< C.
    public func negativeLogLikelihood(
        _ classes: Tensor, weights: Tensor? = nil, ignoring ignored: Int = -100, reduction: LossReduction = .mean
    ) -> Tensor {
        .composed([self, classes, weights]) { () throws(TensorError) in
            let name = "negativeLogLikelihood"
            let x = prepared(for: name)
            let rows = try x.classRows(name, classes, weights)
            let factors = x.classFactors(classes, weights, ignored)
            // Ignored rows look at class 0, which is always there; their factor is 0.
            let numbers = classes.converted(to: .int64).flattened()
            let zero = Tensor([0], shape: [], on: device)
            let counted = numbers .!= Tensor([ignored], shape: [], on: device)
            let starts = Tensor.indices(rows.shape[0], on: device) * rows.shape[1]
            let places = starts + numbers.selected(where: counted, else: zero)
            let picked = rows.flattened().gathered(at: places)
            let losses = zero.converted(to: x.dtype).selected(
                where: factors .== Tensor(0, dtype: x.dtype, on: device), else: -picked * factors)
            return losses.reduced(by: reduction, factors, classes.shape)
        }
    }
}

extension Tensor {
    /// Logits or log-probabilities `[N, C, d…]` as rows `[N · d…, C]`, for classes `[N, d…]`.
    package func classRows(_ operation: String, _ classes: Tensor, _ weights: Tensor?) throws(TensorError) -> Tensor {
        guard !classes.dtype.isFloatingPoint else {
            throw TensorError(
                .dtypeMismatch, operation: operation, "classes of \(classes.dtype.name) are not whole numbers",
                remedy: "give class numbers, or convert them: converted(to: .int64)")
        }
        let rows = try classRows(operation, weights)
        let wanted = shape.removing(axis: 1)
        guard classes.shape == wanted else {
            throw TensorError(
                .shapeMismatch, operation: operation,
                "logits of shape \(shape) do not fit classes of shape \(classes.shape)",
                remedy: "give one class number for each place, \(wanted)")
        }
        return rows
    }

    /// Logits or log-probabilities `[N, C, d…]` as rows `[N · d…, C]`.
    package func classRows(_ operation: String, _ weights: Tensor?) throws(TensorError) -> Tensor {
        try requireReal(operation, "logits")
        guard rank >= 2, shape[1] > 0 else {
            throw TensorError(
                .shapeMismatch, operation: operation, "logits of shape \(shape) have no axis of classes",
                remedy: "give [N, C] or [N, C, d…] with at least one class")
        }
        let classCount = shape[1]
        if let weights {
            try requireShape([classCount], of: weights, operation, "weights for classes")
        }
        if rank == 2 { return self }
        let order = [0] + Array(2..<rank) + [1]
        return permuted(order: order).reshaped(to: [elementCount / classCount, classCount])
    }

    /// What each element counts for, `[N · d…]`: its class's weight or 1; 0 where it is ignored.
    ///
    /// Looking the weights up also finds classes that do not exist.
    func classFactors(_ classes: Tensor, _ weights: Tensor?, _ ignored: Int) -> Tensor {
        let numbers = classes.converted(to: .int64).flattened()
        let counted = numbers .!= Tensor([ignored], shape: [], on: device)
        let zero = Tensor([0], shape: [], on: device)
        // Negative numbers would count from the end: they are moved to where nothing is.
        let classCount = shape[1]
        let moved = (numbers - classCount).selected(where: numbers .< zero, else: numbers)
        let table = weights?.detached().converted(to: dtype) ?? .ones([classCount], dtype: dtype, on: device)
        let factors = table.gathered(at: moved.selected(where: counted, else: zero))
        return factors * counted.converted(to: dtype)
    }

    /// The losses in the shape given, their sum, or their sum by the sum of the factors.
    func reduced(by reduction: LossReduction, _ factors: Tensor, _ shape: Shape) -> Tensor {
        switch reduction {
        case .none: reshaped(to: shape)
        case .sum: sum()
        case .mean: sum() / factors.sum()
        }
    }
}
