// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The cross-entropy of softmax(logits) over axis 1 for class numbers, as PyTorch's `cross_entropy`.
    ///
    /// The formula is `crossEntropyRows`'s. The mean divides by the sum of the weights of the classes that count.
    ///
    ///     let logits = Tensor.zeros([2, 10, 28, 28])
    ///     logits.crossEntropy(classes: Tensor.zeros([2, 28, 28], dtype: .int64))
    /// - Parameters:
    ///   - classes: Class numbers `[N]` or `[N, d…]` for logits `[N, C]` or `[N, C, d…]`, any integer type.
    ///   - weights: A weight for each class, `[C]`; no gradient flows to it.
    ///   - smoothing: The share of each target that is spread over all classes, 0 ... 1 (Szegedy and others 2016).
    ///   - ignored: Elements of this class do not count.
    ///   - reduction: Mean by default.
    /// - Returns: A scalar, or the classes' shape with `.none`. Refuses shapes that do not fit, classes that are no
    ///   whole numbers and classes outside 0 ..< C.
    public func crossEntropy(
        classes: Tensor, weights: Tensor? = nil, smoothing: Double = 0, ignoring ignored: Int = -100,
        reduction: LossReduction = .mean
    ) -> Tensor {
        .composed([self, classes, weights]) { () throws(TensorError) in
            let x = prepared(for: "crossEntropy")
            let rows = try x.classRows("crossEntropy", classes, weights)
            let losses = rows.crossEntropyRows(
                classes.flattened(), weights: weights?.converted(to: x.dtype), smoothing: smoothing, ignoring: ignored)
            switch reduction {
            case .none: return losses.reshaped(to: classes.shape)
            case .sum: return losses.sum()
            case .mean: return losses.sum() / x.classFactors(classes, weights, ignored).sum()
            }
        }
    }

    /// The cross-entropy of softmax(logits) over axis 1 for a probability of each class.
    ///
    /// −Σ_c w[c] · y[c] · log softmax(x)[c], with y smoothed to (1 − ε) y + ε / C. The mean divides by the number of
    /// places, N · d….
    ///
    ///     let mixed = Tensor([[0.7, 0.3]])
    ///     Tensor([[2.0, -1.0]]).crossEntropy(probabilities: mixed)
    /// - Parameters:
    ///   - probabilities: Of the logits' shape, `[N, C]` or `[N, C, d…]`; the gradient flows to it.
    ///   - weights: A weight for each class, `[C]`; no gradient flows to it.
    ///   - smoothing: The share ε of each target that is spread over all classes, 0 ... 1.
    ///   - reduction: Mean by default.
    /// - Returns: A scalar, or `[N, d…]` with `.none`. Refuses shapes that do not fit and types that are not
    ///   floating-point.
    public func crossEntropy(
        probabilities: Tensor, weights: Tensor? = nil, smoothing: Double = 0, reduction: LossReduction = .mean
    ) -> Tensor {
        .composed([self, probabilities, weights]) { () throws(TensorError) in
            let name = "crossEntropy"
            try requireShape(shape, of: probabilities, name, "probabilities")
            try probabilities.requireReal(name, "probabilities")
            try requireNumber(smoothing, name, "a smoothing", "within 0 ... 1") { (0...1).contains($0) }
            let x = prepared(for: name)
            let dtype = x.dtype
            let rows = try x.classRows(name, weights)
            var targets = try probabilities.classRows(name, nil).converted(to: dtype)
            if smoothing > 0 { targets = targets * (1 - smoothing) + smoothing / Double(shape[1]) }
            if let weights { targets = targets * weights.detached().converted(to: dtype) }
            let losses = -(rows.logSoftmax() * targets).sum(over: 1)
            return losses.reshaped(to: shape.removing(axis: 1)).reduced(by: reduction)
        }
    }
}
