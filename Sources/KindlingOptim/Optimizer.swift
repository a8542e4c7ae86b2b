// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
public import KindlingEngine

/// A rule at work on some parameters, with the state it keeps for them.
///
///     let optimizer = try Optimizer(Adam(learningRate: 1e-3), parameters: model.namedParameters)
///     try loss.backward()
///     try optimizer.step()
///
/// With groups, some parameters learn at another rate or without weight decay:
///
///     let plan = OptimizerPlan.adamW().grouped(.decayOnlyMatrices)
///     let optimizer = try Optimizer(plan, parameters: model.namedParameters)
public final class Optimizer {
    /// The rule.
    public let rule: any OptimizerRule
    /// How many steps were taken.
    public private(set) var stepCount = 0
    /// The learning rate of the next step; that of groups with their own changes in proportion.
    public var learningRate: Double
    private let parameters: [(name: String, parameter: Parameter)]
    private let parts: [OptimizerPart]
    /// The state tensors of each parameter.
    private let slots: [[OptimizerSlot]]
    private var update: OptimizerUpdate
    /// The steps that each parameter took part in: moments of one that joins late are corrected as at the beginning.
    private var steps: [Int]
    /// What each parameter's rate is multiplied with besides its group's.
    private var factors: [Double]

    /// Applies a rule to parameters that have their first values.
    /// - Throws: `TensorError` when a hyper-parameter is impossible, or there is no memory for the state.
    public convenience init(
        _ rule: any OptimizerRule, parameters: [(name: String, parameter: Parameter)]
    ) throws(TensorError) {
        try self.init(OptimizerPlan(rule), parameters: parameters)
    }

    /// Applies a plan's rule to parameters that have their first values, group by group.
    /// - Throws: `TensorError` when a hyper-parameter is impossible, a group has no parameter, or there is no memory
    ///   for the state.
    public init(_ plan: OptimizerPlan, parameters: [(name: String, parameter: Parameter)]) throws(TensorError) {
        rule = plan.rule
        self.parameters = parameters
        learningRate = plan.rule.learningRate
        try plan.schedule.validate()
        let parts = try OptimizerPart.divide(parameters, among: plan.groups, by: plan.rule)
        var slots = [[OptimizerSlot]](repeating: [], count: parameters.count)
        for part in parts {
            for index in part.indices { slots[index] = part.rule.slots(for: parameters[index].parameter.shape) }
        }
        self.parts = parts
        self.slots = slots
        steps = parameters.map { _ in 0 }
        factors = parameters.map { _ in 1 }
        update = try OptimizerUpdate(
            parameters: parameters.map(\.parameter), state: try firstState(of: parameters.map(\.parameter), slots))
    }

    /// Gives every parameter with a gradient its next value, and takes the gradients away.
    ///
    /// The passes of a group are one request each for all its tensors; what a rule computes besides, shape by shape, it
    /// says.
    /// - Parameter gradientScale: What gradients are multiplied with first: a clipping factor.
    /// - Throws: `TensorError` when the device fails; the parameters of that group then keep their values.
    public func step(gradientScale: Double = 1) throws(TensorError) {
        try OperationProfile.part("optimizer", pass: .optimizer) { () throws(TensorError) in
            try take(gradientScale: gradientScale)
        }
    }

    private func take(gradientScale: Double) throws(TensorError) {
        for part in parts {
            let rate = part.learningRate(learningRate, of: rule)
            for (number, factor, indices) in alike(update.ready(part.indices)) {
                for pass in part.rule.passes(step: number, learningRate: rate * factor) {
                    switch pass {
                    case .elementwise(let request, let slots):
                        for (slots, indices) in alike(slots, indices) {
                            try update.apply(request, to: indices, slots: slots, gradientScale: gradientScale)
                        }
                    case .directed(let body, let request, let slots):
                        try update.apply(
                            request, to: indices, slots: slots, gradientScale: 1,
                            directions: try directions(body, for: indices, gradientScale))
                    }
                }
                for index in indices { steps[index] = number }
            }
        }
        stepCount += 1
        clearGradients()
    }

    /// Parameters with the number of their next step and their factor: one entry, unless some were frozen or without
    /// gradient for a time, or have rates of their own.
    private func alike(_ indices: [Int]) -> [(number: Int, factor: Double, indices: [Int])] {
        guard let first = indices.first else { return [] }
        if indices.allSatisfy({ steps[$0] == steps[first] && factors[$0] == factors[first] }) {
            return [(steps[first] + 1, factors[first], indices)]
        }
        return Dictionary(grouping: indices) { [Double(steps[$0]), factors[$0]] }.values
            .sorted { $0[0] < $1[0] }
            .map { (steps[$0[0]] + 1, factors[$0[0]], $0) }
    }

    /// Multiplies the rates of some parameters with a factor from the next step on, besides those of groups and
    /// schedules: for parts of a model that learn at other rates for a time.
    ///
    ///     optimizer.setLearningRateFactor(0.1) { $0.hasPrefix("backbone.") }
    ///
    /// Not kept in checkpoints: whoever sets it knows when.
    public func setLearningRateFactor(_ factor: Double, where takes: (_ name: String) -> Bool) {
        for (index, entry) in parameters.enumerated() where takes(entry.name) { factors[index] = max(0, factor) }
    }

    /// The rates that parameters have now, and which parameters have each: one entry for a plan without groups.
    public var groups: [OptimizerGroup] {
        parts.flatMap { part in
            let rate = part.learningRate(learningRate, of: rule)
            return Dictionary(grouping: part.indices) { factors[$0] }.sorted { $0.value[0] < $1.value[0] }.map {
                OptimizerGroup(
                    learningRate: rate * $0.key, weightDecay: part.rule.weightDecay,
                    parameters: $0.value.map { parameters[$0].name })
            }
        }
    }

    /// Takes the gradients away.
    public func clearGradients() {
        for (_, parameter) in parameters { parameter.gradient = nil }
    }

    /// Parameters of one shape, type and device together, in the order of their first ones.
    private func byShape(_ indices: [Int]) -> [[Int]] {
        var groups: [[Int]] = []
        for index in indices {
            let value = parameters[index].parameter.value
            let place = groups.firstIndex { group in
                let first = parameters[group[0]].parameter.value
                return first.shape == value.shape && first.dtype == value.dtype && first.device == value.device
            }
            if let place { groups[place].append(index) } else { groups.append([index]) }
        }
        return groups
    }

    /// What a rule makes of gradients and slots, shape by shape.
    private func directions(
        _ body: ([OptimizedTensor]) -> [Tensor], for indices: [Int], _ gradientScale: Double
    ) throws(TensorError) -> [Int: Tensor] {
        let results = try throwingTensorErrors {
            noGrad {
                byShape(indices).flatMap { group in zip(group, body(group.compactMap { tensor(at: $0, gradientScale) }))
                }
            }
        }
        guard results.count == indices.count else {
            throw TensorError(
                .invalidValue, operation: rule.name,
                "it gives directions to \(results.count) of \(indices.count) parameters",
                remedy: "answer with a direction for each tensor of the shape")
        }
        return Dictionary(uniqueKeysWithValues: results)
    }

    /// Parameters by how many of a pass' slots they have: one entry, unless a rule keeps more for some shapes.
    private func alike(_ wanted: Range<Int>, _ indices: [Int]) -> [(slots: Range<Int>, indices: [Int])] {
        let most = indices.map { slots[$0].count }
        guard let least = most.min(), least < wanted.upperBound, most.contains(where: { $0 != least }) else {
            return [(wanted.clamped(to: 0..<(most.first ?? 0)), indices)]
        }
        return Dictionary(grouping: indices) { slots[$0].count }.sorted { $0.key < $1.key }
            .map { (wanted.clamped(to: 0..<$0.key), $0.value) }
    }

    /// A parameter as a rule sees it; nil without a gradient, which those that are ready have.
    private func tensor(at index: Int, _ gradientScale: Double) -> OptimizedTensor? {
        let parameter = parameters[index].parameter
        guard let gradient = parameter.gradient else { return nil }
        let value = parameter.value.detached()
        let converted = gradient.detached().converted(to: value.dtype)
        return OptimizedTensor(
            parameter: value, gradient: gradientScale == 1 ? converted : converted * gradientScale,
            slots: slots[index].indices.map { update[index, $0] })
    }

    /// The state tensors by name, `0.weight/momentum`, for checkpoints.
    ///
    /// A parameter that missed steps has their number besides, `0.weight/steps`.
    public var state: [(name: String, value: Tensor)] {
        var result: [(name: String, value: Tensor)] = []
        for (index, entry) in parameters.enumerated() {
            for (slot, description) in slots[index].enumerated() {
                result.append(("\(entry.name)/\(description.name)", update[index, slot]))
            }
            if steps[index] != stepCount, !slots[index].isEmpty {
                result.append(("\(entry.name)/steps", Tensor([steps[index]])))
            }
        }
        return result
    }

    /// Takes up where another optimizer stopped.
    /// - Throws: `TensorError` naming the first state tensor that is missing or has another shape.
    public func restore(stepCount: Int, state: (String) throws -> Tensor?) throws {
        for (index, entry) in parameters.enumerated() {
            for (slot, description) in slots[index].enumerated() {
                let name = "\(entry.name)/\(description.name)"
                guard let value = try state(name), value.shape == description.shape else {
                    throw TensorError(
                        .shapeMismatch, operation: "optimizer",
                        "the state '\(name)' is missing or does not have the shape \(description.shape)",
                        remedy: "resume with the optimizer that the checkpoint was written with")
                }
                let old = update[index, slot]
                // A checkpoint's numbers may be of another type, or on another device, than this run's.
                update[index, slot] = try throwingTensorErrors {
                    try value.detached().copied(to: old.device).converted(to: old.dtype).contiguous()
                }
            }
        }
        for (index, entry) in parameters.enumerated() {
            let own = try state("\(entry.name)/steps").map { Int(exactly: try $0.item()) ?? stepCount }
            steps[index] = max(0, min(stepCount, own ?? stepCount))
        }
        self.stepCount = stepCount
    }
}

/// What slots hold before the first step.
private func firstState(of parameters: [Parameter], _ slots: [[OptimizerSlot]]) throws(TensorError) -> [[Tensor]] {
    try throwingTensorErrors {
        zip(parameters, slots).map { parameter, slots in
            slots.map { slot in
                let value = parameter.value.detached()
                return switch slot.start {
                case .number(let number): .full(slot.shape, number, dtype: value.dtype, on: value.device)
                case .parameter: value
                }
            }
        }
    }
}
