// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// This tensor, float32 or float64, normalized in one pass with its statistics, through which no gradient flows.
    func normalized(
        _ operation: String, _ group: NormalizationRequest.Group, _ epsilon: Double, weight: Tensor? = nil,
        bias: Tensor? = nil
    ) -> (result: Tensor, mean: Tensor, variance: Tensor) {
        let op = NormalizationForward(
            name: operation, group: group, epsilon: epsilon, weighted: weight != nil, biased: bias != nil)
        let parts = [weight, bias].compactMap { $0?.converted(to: dtype) }
        let (result, statistics) = dispatchAll(op, [self] + parts)
        // Where something failed there may be no statistics to stand for.
        return (result, statistics.first ?? result, statistics.last ?? result)
    }

    /// Normalized over the last axes, which have the sizes given, in this tensor's type.
    func rowsNormalized(
        _ operation: String, _ group: NormalizationRequest.Group, last: Shape, _ epsilon: Double, weight: Tensor?,
        bias: Tensor?
    ) -> Tensor {
        let length = last.elementCount
        let count = shape.dimensions.dropLast(last.rank).reduce(1, *)
        let rows = converted(to: statisticsType).reshaped(to: [count, length])
        return rows.normalized(
            operation, group, epsilon, weight: weight?.reshaped(to: [length]), bias: bias?.reshaped(to: [length])
        ).result.reshaped(to: shape).converted(to: dtype)
    }

    /// A mean or variance of this tensor that is known already, with the gradient that it would have if computed.
    func knownStatistic(_ value: Tensor, _ statistic: KnownStatistic.Statistic, over axes: [Int]) -> Tensor {
        dispatch(KnownStatistic(statistic: statistic, axes: axes), [self, value])
    }
}

struct NormalizationForward: Op {
    let name: String
    let group: NormalizationRequest.Group
    let epsilon: Double
    let weighted: Bool
    let biased: Bool

    func output(_ inputs: [Tensor]) -> TensorSpec { inputs[0].spec }

    func auxiliaries(_ inputs: [Tensor]) -> [TensorSpec] {
        let x = inputs[0]
        let statistics = TensorSpec(shape: [x.shape[group == .channel ? 1 : 0]], dtype: x.dtype)
        return [statistics, statistics]
    }

    func request(_ inputs: [Tensor]) -> KernelRequest {
        .normalization(
            NormalizationRequest(group, epsilon: epsilon, weighted: weighted, biased: biased, backward: false))
    }

    func prepared(_ value: TensorValue, _ input: Int, _ output: TensorSpec) throws(TensorError) -> TensorValue {
        input == 0 && group == .channel ? try value.picture() : try value.rowMajor()
    }

    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] {
        // Whoever wants gradients of this gradient gets it in operations that have some.
        if GradientMode.isRecording { return composedGradients(upstream, saved) }
        let op = NormalizationGradient(forward: self, channelsLast: saved.inputs[0].value.layout == .channelsLast)
        let weight = weighted ? [saved.inputs[1]] : []
        let (gradient, learned) = dispatchAll(op, [upstream, saved.inputs[0]] + saved.auxiliaries + weight)
        return [gradient] + learned.map { $0 }
    }

    /// With z the normalized x and h = g · weight: ∂x = (h − mean(h) − z · mean(h z)) / √(variance + ε).
    private func composedGradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] {
        let x = saved.inputs[0]
        let axes = group == .channel ? [0] + Array(2..<Swift.max(2, x.rank)) : [1]
        let centred = group == .uncenteredRow ? x : x - x.mean(over: axes, keepDims: true)
        let scale = (centred.squared().mean(over: axes, keepDims: true) + epsilon).reciprocalSquareRoot()
        let z = centred * scale
        let seen: Shape = group == .channel ? x.channelShape : [1, x.shape[1]]
        let h = weighted ? upstream * saved.inputs[1].reshaped(to: seen) : upstream
        let common = z * (h * z).mean(over: axes, keepDims: true)
        let rest = group == .uncenteredRow ? h - common : h - common - h.mean(over: axes, keepDims: true)
        var result: [Tensor?] = [rest * scale]
        if weighted { result.append((upstream * z).reduced(to: seen).reshaped(to: [x.shape[1]])) }
        if biased { result.append(upstream.reduced(to: seen).reshaped(to: [x.shape[1]])) }
        return result
    }
}

/// The gradient of a normalization in one pass: of x, and with it of weight and bias.
private struct NormalizationGradient: Op {
    let forward: NormalizationForward
    let channelsLast: Bool
    var name: String { "gradient of \(forward.name)" }

    func output(_ inputs: [Tensor]) -> TensorSpec { inputs[1].spec }

    func auxiliaries(_ inputs: [Tensor]) -> [TensorSpec] {
        let learned = TensorSpec(shape: [inputs[1].shape[1]], dtype: inputs[1].dtype)
        return [TensorSpec](repeating: learned, count: (forward.weighted ? 1 : 0) + (forward.biased ? 1 : 0))
    }

    func request(_ inputs: [Tensor]) -> KernelRequest {
        .normalization(
            NormalizationRequest(
                forward.group, epsilon: forward.epsilon, weighted: forward.weighted, biased: forward.biased,
                backward: true))
    }

    /// What comes from above lies as what was normalized does.
    func prepared(_ value: TensorValue, _ input: Int, _ output: TensorSpec) throws(TensorError) -> TensorValue {
        guard channelsLast, input < 2 else { return try value.rowMajor() }
        return value.layout == .channelsLast ? value : try value.copied(to: .channelsLast)
    }

    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] {
        internalFault("\(name) was recorded; it is only used where nothing is")
    }
}

/// Stands for a statistic that a kernel computed on the way, so that it needs no pass of its own.
struct KnownStatistic: Op {
    enum Statistic: Sendable { case mean, variance }
    let statistic: Statistic
    let axes: [Int]
    var name: String { "batchNormalized" }
    var isComposed: Bool { true }

    func output(_ inputs: [Tensor]) -> TensorSpec { inputs[1].spec }
    func request(_ inputs: [Tensor]) -> KernelRequest { .copy }

    func execute(_ inputs: [Tensor], into output: TensorValue) throws(TensorError) {
        try output.backend.run(.copy, inputs[1].value, into: output)
    }

    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] {
        let x = saved.inputs[0]
        let share = upstream.reshaped(to: x.channelShape) * (1 / Double(axes.map { x.shape[$0] }.reduce(1, *)))
        switch statistic {
        case .mean: return [share.expanded(to: x.shape), nil]
        case .variance: return [(x - x.mean(over: axes, keepDims: true)) * share * 2, nil]
        }
    }
}
