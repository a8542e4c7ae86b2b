// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// Attention of queries (this tensor) to keys: softmax(q · kᵀ · scale + mask) · v (Vaswani and others 2017).
    ///
    /// Shapes: queries `[N, H, T, E]`, keys `[N, G, S, E]`, values `[N, G, S, V]` → `[N, H, T, V]`, where G divides H:
    /// H / G neighbouring query heads share one key head. float16 and bfloat16 are computed on in float32; the result
    /// has the queries' type. A query that may attend to nothing gives zeros and no gradient, as in PyTorch. Refuses
    /// mixed types, integers and shapes that do not fit.
    ///
    ///     let y = query.scaledDotProductAttention(key: key, value: value, causal: true)
    /// - Parameters:
    ///   - key: `[N, G, S, E]`.
    ///   - value: `[N, G, S, V]`.
    ///   - mask: Broadcasts to `[N, H, T, S]`. Of type bool: whether a query may attend to a key. Floating-point: added
    ///     to the scaled products; below −1e30 it forbids. Nil for none.
    ///   - causal: Whether query t may attend to keys 0 ... t alone; together with the mask, both must allow.
    ///   - scale: 1 / √E when nil.
    public func scaledDotProductAttention(
        key: Tensor, value: Tensor, mask: Tensor? = nil, causal: Bool = false, scale: Double? = nil
    ) -> Tensor {
        var unused = RandomStream(seed: 0)
        return scaledDotProductAttention(
            key: key, value: value, mask: mask, causal: causal, scale: scale, dropout: 0, from: &unused)
    }

    /// The same with dropout: weights are set to zero at random after the softmax, the others enlarged.
    ///
    /// Everything else is as in ``scaledDotProductAttention(key:value:mask:causal:scale:)``.
    ///
    ///     let y = query.scaledDotProductAttention(key: key, value: value, dropout: 0.1, from: &stream)
    /// - Parameters:
    ///   - key: `[N, G, S, E]`.
    ///   - value: `[N, G, S, V]`.
    ///   - mask: Broadcasts to `[N, H, T, S]`; bool, or floating-point to add.
    ///   - causal: Whether query t may attend to keys 0 ... t alone.
    ///   - scale: 1 / √E when nil.
    ///   - probability: With which a weight is dropped, 0 ... 1.
    ///   - stream: What decides.
    public func scaledDotProductAttention(
        key: Tensor, value: Tensor, mask: Tensor? = nil, causal: Bool = false, scale: Double? = nil,
        dropout probability: Double, from stream: inout RandomStream
    ) -> Tensor {
        for input in [self, key, value] + (mask.map { [$0] } ?? []) where input.value.isPlaceholder { return input }
        let (query, key, value) = (
            prepared(for: operation), key.prepared(for: operation), value.prepared(for: operation)
        )
        return query.attention(key, value, mask, causal, scale, probability, &stream)
    }

    private func attention(
        _ key: Tensor, _ value: Tensor, _ mask: Tensor?, _ causal: Bool, _ scale: Double?, _ probability: Double,
        _ stream: inout RandomStream
    ) -> Tensor {
        do throws(TensorError) {
            try checkAttention(key, value, scale)
            try checkProbability(probability, operation)
            let (batch, heads, length) = (shape[0], shape[1], shape[2])
            let (keyHeads, keys) = (key.shape[1], key.shape[2])
            let table: Shape = [batch, heads, length, keys]
            if let mask { try checkMask(mask, table) }

            let factor = scale ?? 1 / Double(Swift.max(1, shape[3])).squareRoot()
            // Query heads that share a key head lie one below the other: one product for each key head.
            let rows: Shape = [batch, keyHeads, heads / Swift.max(1, keyHeads) * length, shape[3]]
            let query = (converted(to: statisticsType) * factor).reshaped(to: rows)
            let products = query.matmul(key.converted(to: query.dtype).transposed()).reshaped(to: table)
            // A policy may have given products of half width, whose range may not reach what forbids.
            var weights = products.converted(to: query.dtype).attentionWeights(mask, causal: causal)
            if probability > 0 { weights = weights.dropout(probability: probability, from: &stream) }
            let result = weights.reshaped(to: [batch, keyHeads, rows[2], keys])
                .matmul(value.converted(to: query.dtype))
            return result.reshaped(to: [batch, heads, length, value.shape[3]]).converted(to: dtype)
        } catch { return .failed(error, spec) }
    }

    /// The softmax over the last axis of what is allowed; rows of which nothing is are zeros.
    private func attentionWeights(_ mask: Tensor?, causal: Bool) -> Tensor {
        var (scores, allowed): (Tensor, Tensor?) = (self, nil)
        if let mask, mask.dtype == .bool {
            allowed = mask
        } else if let mask {
            let mask = mask.converted(to: dtype)
            let open = mask .> Tensor(forbidden, dtype: dtype, on: device)
            // NaN stays: it is neither above nor below.
            let closed = mask .<= Tensor(forbidden, dtype: dtype, on: device)
            scores = self + Tensor(0, dtype: dtype, on: device).selected(where: closed, else: mask)
            allowed = open.maximum(mask.isNaN())
        }
        if causal {
            let queries = Tensor.indices(shape[2], on: device).reshaped(to: [shape[2], 1])
            let before = Tensor.indices(shape[3], on: device) .<= queries
            allowed = allowed.map { $0.minimum(before) } ?? before
        }
        guard let allowed else { return scores.softmax() }
        // A finite number, so that a row of nothing else has a softmax; its weights are cleared below.
        let filled = scores.selected(where: allowed, else: Tensor(forbidden, dtype: dtype, on: device))
        return filled.softmax().selected(where: allowed, else: Tensor(0, dtype: dtype, on: device))
    }

    private func checkAttention(_ key: Tensor, _ value: Tensor, _ scale: Double?) throws(TensorError) {
        guard rank == 4, key.rank == 4, value.rank == 4, key.shape[0] == shape[0], key.shape[3] == shape[3],
            value.shape[0] == shape[0], value.shape[1] == key.shape[1], value.shape[2] == key.shape[2]
        else {
            throw TensorError(
                .shapeMismatch, operation: operation,
                "queries \(shape), keys \(key.shape) and values \(value.shape) do not fit",
                remedy: "give [N, H, T, E], [N, G, S, E] and [N, G, S, V]")
        }
        guard key.shape[1] > 0 ? shape[1] % key.shape[1] == 0 : shape[1] == 0 else {
            throw TensorError(
                .shapeMismatch, operation: operation,
                "\(shape[1]) query heads cannot share \(key.shape[1]) key heads",
                remedy: "use a number of key heads that divides the query heads")
        }
        for tensor in [self, key, value] where tensor.dtype != dtype || !dtype.isFloatingPoint {
            throw TensorError(
                .dtypeMismatch, operation: operation,
                "types \(dtype.name) and \(tensor.dtype.name): "
                    + "queries, keys and values must share one floating-point type")
        }
        if let scale, !scale.isFinite {
            throw TensorError(.invalidValue, operation: operation, "a scale of \(scale) is not finite")
        }
    }
}

private func checkMask(_ mask: Tensor, _ table: Shape) throws(TensorError) {
    guard mask.shape.broadcast(with: table) == table else {
        throw TensorError(
            .shapeMismatch, operation: operation, "a mask of shape \(mask.shape) cannot be repeated to fill \(table)",
            remedy: "give one that broadcasts to [N, H, T, S]")
    }
    guard mask.dtype == .bool || mask.dtype.isFloatingPoint else {
        throw TensorError(
            .dtypeMismatch, operation: operation, "a mask of \(mask.dtype.name) neither allows nor adds",
            remedy: "convert it: converted(to: .bool) where nonzero allows")
    }
}

private let operation = "scaledDotProductAttention"
/// So low that its share of a softmax is 0, and within float32 and float64.
private let forbidden = -1e30
