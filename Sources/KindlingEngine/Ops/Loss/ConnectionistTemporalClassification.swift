// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The loss of label sequences without known alignment to these log-probabilities (Graves and others 2006).
    ///
    /// Minus the logarithm of the probability of all paths of T symbols that give the labels once repetitions and then
    /// blanks are dropped, by the forward recursion in logarithms. The mean divides each loss by the number of its
    /// labels, 1 at least, before the batch is averaged, as PyTorch's.
    ///
    ///     let scores = logits.logSoftmax()      // [T, N, C]
    ///     scores.ctcLoss(labels, inputLengths: [50, 42], targetLengths: [7, 5])
    /// - Parameters:
    ///   - targets: Labels `[N, S]`, any integer type; what follows a sequence's end does not matter.
    ///   - inputLengths: How many steps of each sequence count, 0 ... T.
    ///   - targetLengths: How many labels each sequence has, 0 ... S.
    ///   - blank: The class that stands for no label.
    ///   - zeroInfinity: Whether sequences too short for their labels have loss and gradient 0, not ∞.
    ///   - reduction: Mean by default.
    /// - Returns: A scalar, or `[N]` with `.none`. Refuses shapes and lengths that do not fit, labels outside 0 ..< C and
    ///   log-probabilities of whole numbers.
    public func ctcLoss(
        _ targets: Tensor, inputLengths: [Int], targetLengths: [Int], blank: Int = 0, zeroInfinity: Bool = false,
        reduction: LossReduction = .mean
    ) -> Tensor {
        .composed([self, targets]) { () throws(TensorError) in
            try checkAlignment(targets, inputLengths, targetLengths, blank)
            // Sums of logarithms over many steps need more than half precision.
            let wide = dtype == .float64 ? self : converted(to: .float32)
            let likelihoods = wide.alignmentLogLikelihoods(targets, inputLengths, targetLengths, blank)
            let impossible = likelihoods .<= Tensor(0.1 * impossibility, dtype: wide.dtype, on: device)
            let instead = Tensor(zeroInfinity ? 0 : .infinity, dtype: wide.dtype, on: device)
            let dtype = prepared(for: name).dtype
            let losses = instead.selected(where: impossible, else: -likelihoods).converted(to: dtype)
            guard reduction == .mean else { return losses.reduced(by: reduction) }
            let counts = targetLengths.map { Double(Swift.max(1, $0)) }
            return (losses / Tensor(counts, dtype: dtype, on: device)).mean()
        }
    }

    private func checkAlignment(
        _ targets: Tensor, _ inputLengths: [Int], _ targetLengths: [Int], _ blank: Int
    ) throws(TensorError) {
        try requireReal(name, "log-probabilities")
        guard !targets.dtype.isFloatingPoint else {
            throw TensorError(
                .dtypeMismatch, operation: name, "labels of \(targets.dtype.name) are not whole numbers",
                remedy: "convert them: converted(to: .int64)")
        }
        guard rank == 3, targets.rank == 2, targets.shape[0] == shape[1] else {
            throw TensorError(
                .shapeMismatch, operation: name,
                "log-probabilities of shape \(shape) do not fit labels of shape \(targets.shape)",
                remedy: "give log-probabilities [T, N, C] and labels [N, S]")
        }
        try requireSteps(shape[0], name, "steps")
        try requireSteps(targets.shape[1], name, "labels of a sequence")
        guard (0..<shape[2]).contains(blank) else {
            throw TensorError(
                .invalidValue, operation: name, "the blank \(blank) is not one of the \(shape[2]) classes")
        }
        for (role, lengths, longest) in [
            ("input", inputLengths, shape[0]), ("target", targetLengths, targets.shape[1]),
        ] {
            guard lengths.count == shape[1], lengths.allSatisfy({ (0...longest).contains($0) }) else {
                throw TensorError(
                    .invalidValue, operation: name,
                    "\(role) lengths \(lengths) do not fit \(shape[1]) sequences of up to \(longest)",
                    remedy: "give one length for each sequence, 0 ... \(longest)")
            }
        }
    }

    /// The logarithm of the probability of each sequence's labels, `[N]`.
    ///
    /// State 2 s stands for "after s labels", state 2 s + 1 for "in label s + 1".
    private func alignmentLogLikelihoods(
        _ targets: Tensor, _ inputLengths: [Int], _ targetLengths: [Int], _ blank: Int
    ) -> Tensor {
        let (batch, states) = (shape[1], 2 * targets.shape[1] + 1)
        let labels = alignmentStates(targets, targetLengths, blank)
        let emitted = emissions(labels)
        // A label may follow another directly if it differs: two states on.
        let earlier = labels.sliced(0..<Swift.max(0, states - 2), along: 1)
        let later = labels.sliced(Swift.min(2, states)..<states, along: 1)
        let other = (later .!= earlier).converted(to: .float32)
        let start = Tensor.zeros([batch, Swift.min(2, states)], on: device)
        let skips = Tensor.concatenated([start, other], along: 1).converted(to: .bool)

        let before = Tensor.full([batch, 2], impossibility, dtype: dtype, on: device)
        let after = Tensor.full([batch, states - 1], impossibility, dtype: dtype, on: device)
        var forward = Tensor.concatenated([.zeros([batch, 1], dtype: dtype, on: device), after], along: 1)
        for (time, emission) in emitted.steps().enumerated() {
            let shifted = Tensor.concatenated([before, forward], along: 1)
            let alive = inputLengths.map { time < $0 }
            let next = dispatch(
                Elementwise(definition: forwardStep, parameters: [impossibility], dtype: dtype),
                [
                    forward, shifted.sliced(1..<states + 1, along: 1), shifted.sliced(0..<states, along: 1), skips,
                    emission,
                ])
            forward =
                alive.allSatisfy(\.self)
                ? next : next.selected(where: Tensor(alive, shape: [batch, 1], on: device), else: forward)
        }
        // A sequence ends in its last label or the blank after it.
        let flat = forward.flattened()
        let ends = (0..<batch).map { $0 * states + 2 * targetLengths[$0] }
        let last = ends.enumerated().map { Swift.max($0.offset * states, $0.element - 1) }
        let labelled = Tensor(targetLengths.map { $0 > 0 }, on: device)
        return dispatch(
            Elementwise(definition: endStep, parameters: [impossibility], dtype: dtype),
            [flat.gathered(at: Tensor(ends, on: device)), flat.gathered(at: Tensor(last, on: device)), labelled])
    }

    /// The class of each state, `[N, 2 S + 1]`: labels with blanks around.
    private func alignmentStates(_ targets: Tensor, _ targetLengths: [Int], _ blank: Int) -> Tensor {
        let (batch, longest) = (targets.shape[0], targets.shape[1])
        let given = Tensor(
            targetLengths.flatMap { length in (0..<longest).map { $0 < length } }, shape: [batch, longest], on: device)
        let blanks = Tensor.full([batch, longest], Double(blank), dtype: .int64, on: device)
        let labels = targets.converted(to: .int64).selected(where: given, else: blanks)
        let pairs = Tensor.stacked([blanks, labels], along: 2).reshaped(to: [batch, 2 * longest])
        return .concatenated([pairs, .full([batch, 1], Double(blank), dtype: .int64, on: device)], along: 1)
    }

    /// The log-probability of each state's class at each step, `[T, N, 2 S + 1]`.
    private func emissions(_ labels: Tensor) -> Tensor {
        let (steps, batch, classes) = (shape[0], shape[1], shape[2])
        // Looking the classes up in a table first finds those that do not exist; negative ones are moved out of it.
        let zero = Tensor([0], shape: [], on: device)
        let moved = (labels - classes).selected(where: labels .< zero, else: labels)
        let known = Tensor.indices(classes, on: device).gathered(at: moved)
        let rows = Tensor.indices(steps * batch, on: device).reshaped(to: [steps, batch, 1]) * classes
        return flattened().gathered(at: rows + known)
    }
}

private let name = "ctcLoss"
/// Stands for ln 0 where −∞ would give NaN in differences.
private let impossibility = -1e30

/// ln(eᵃ + eᵇ + eᶜ) + emission over the states a, one before b and two before c, which counts where it may be skipped
/// from.
private let forwardStep = ElementwiseDefinition("ctcLoss", .promoted, inputs: 5, parameters: 1) { builder in
    let never = builder.parameter(0)
    let (stay, move) = (builder.input(0), builder.input(1))
    let skip = builder.apply(.select, builder.input(3), builder.input(2), never)
    let sum = logSum(&builder, [stay, move, skip])
    return builder.apply(.add, sum, builder.apply(.maximum, builder.input(4), never))
}

private let endStep = ElementwiseDefinition("ctcLoss", .promoted, inputs: 3, parameters: 1) { builder in
    let label = builder.apply(.select, builder.input(2), builder.input(1), builder.parameter(0))
    return logSum(&builder, [builder.input(0), label])
}

/// ln Σ eˣ, shifted by the largest.
private func logSum(_ builder: inout ProgramBuilder, _ terms: [ProgramBuilder.Value]) -> ProgramBuilder.Value {
    var largest = terms[0]
    for term in terms.dropFirst() { largest = builder.apply(.maximum, largest, term) }
    var sum = builder.constant(0)
    for term in terms {
        sum = builder.apply(.add, sum, builder.apply(.exp, builder.apply(.subtract, term, largest)))
    }
    return builder.apply(.add, largest, builder.apply(.log, sum))
}
