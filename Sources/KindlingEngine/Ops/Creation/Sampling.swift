// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// A class drawn for each row of logits, with the probabilities of their softmax: int64, the shape without the axis.
    ///
    /// The largest of logits + Gumbel noise (Maddison, Tarlow and Minka 2014). A logit of −∞ is never drawn unless all
    /// are. No gradient flows. Refuses integers, and an axis that does not exist or is empty.
    ///
    ///     let actions = policy(state).sampledClasses(from: &stream)
    /// - Parameters:
    ///   - axis: That of the classes.
    ///   - stream: What decides; the same stream draws the same classes.
    public func sampledClasses(along axis: Int = -1, from stream: inout RandomStream) -> Tensor {
        if value.isPlaceholder { return self }
        do throws(TensorError) {
            let axis = try resolved(axis: axis, "sampledClasses")
            try requireReal("sampledClasses", "logits")
            try requireElements(along: axis, "sampledClasses")
            return detached().withGumbelNoise(from: &stream).argmax(over: axis)
        } catch { return .failed(error, TensorSpec(shape: [], dtype: .int64)) }
    }

    /// Indices drawn with probabilities in proportion to weights: `[…, C]` → int64 `[…, count]`, as PyTorch's `multinomial`.
    ///
    /// With replacement by the inverse of the cumulative sum; without by the largest of the weights' logarithms with
    /// Gumbel noise, the first drawn first. Reads the weights' extremes, which waits for the device; on `meta` they are
    /// not looked at. No gradient flows. Refuses integers, weights that are negative, infinite or NaN, and fewer weights
    /// above 0 than are needed.
    ///
    ///     let indices = weights.sampledIndices(4, replacing: false, from: &stream)
    /// - Parameters:
    ///   - count: How many for each row.
    ///   - replacing: Whether an index can be drawn again.
    ///   - stream: What decides; the same stream draws the same indices.
    public func sampledIndices(_ count: Int, replacing: Bool = true, from stream: inout RandomStream) -> Tensor {
        if value.isPlaceholder { return self }
        do throws(TensorError) {
            try checkWeights(count, replacing)
            let weights = detached().converted(to: statisticsType)
            guard replacing else { return weights.log().withGumbelNoise(from: &stream).topK(count).indices }
            var wanted = shape
            wanted[rank - 1] = count
            let sums = weights.cumulativeSum(along: -1)
            let total = sums.sliced(shape.last - 1..<shape.last, along: -1)
            let draws = Tensor.uniform(wanted, from: &stream, dtype: weights.dtype, on: device) * total
            // A draw that was rounded up to the total belongs to the last weight above 0.
            let passed =
                (sums.insertingAxis(at: -2) .<= draws.insertingAxis(at: -1)) .& (sums .< total).insertingAxis(at: -2)
            return passed.converted(to: .int64).sum(over: -1)
        } catch { return .failed(error, TensorSpec(shape: [], dtype: .int64)) }
    }

    private func checkWeights(_ count: Int, _ replacing: Bool) throws(TensorError) {
        let name = "sampledIndices"
        try requireReal(name, "weights")
        guard rank > 0, shape.last > 0 else {
            throw TensorError(
                .shapeMismatch, operation: name, "shape \(shape) has no axis of weights", remedy: "give […, C]")
        }
        guard count >= 0, count <= (replacing ? 1 << 40 : shape.last), rank < Shape.maximumRank else {
            throw TensorError(
                .invalidValue, operation: name, "\(count) of \(shape.last) cannot be drawn",
                remedy: replacing ? "draw 0 or more" : "draw 0 ... \(shape.last), or with replacement")
        }
        guard elementCount > 0, !device.backend.isShapeOnly else { return }  // There is nothing to look at.
        let plain = detached()
        let good = (plain .>= 0) .& plain.isFinite()
        let fewest = (plain .> 0).converted(to: .int64).sum(over: -1).min()
        let found = try Tensor.stacked([good.converted(to: .int64).min(), fewest]).array(of: Int.self)
        guard found[0] == 1, found[1] >= (replacing ? Swift.min(count, 1) : count) else {
            throw TensorError(
                .invalidValue, operation: name,
                found[0] == 1
                    ? "a row has only \(found[1]) weights above 0" : "a weight is negative, infinite or NaN",
                remedy: "give probabilities, or softmax() of logits")
        }
    }

    /// With Gumbel noise, −ln(−ln u), added: float32 for numbers of half width.
    func withGumbelNoise(from stream: inout RandomStream) -> Tensor {
        let logits = converted(to: statisticsType)
        let uniform = Tensor.uniform(shape, from: &stream, dtype: logits.dtype, on: device)
        return logits - (-uniform.log()).log()
    }
}
