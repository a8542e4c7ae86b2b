// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations

/// Another rule, whose weights are drawn back every few steps to slow ones that follow them (Zhang and others 2019).
///
/// After every `interval` steps of the rule: slow ← slow + pace · (p − slow); p ← slow. Slow weights begin as the
/// parameters. One more pass over all tensors, in those steps only.
///
///     let rule = Lookahead(AdamW(learningRate: 1e-3), interval: 5, pace: 0.5)
public struct Lookahead: OptimizerRule {
    /// The rule that takes the steps.
    public var rule: any OptimizerRule
    /// k: the steps from one return to the next.
    public var interval: Int
    /// α: the share of the way that slow weights go.
    public var pace: Double

    /// Wraps a rule.
    public init(_ rule: any OptimizerRule, interval: Int = 5, pace: Double = 0.5) {
        self.rule = rule
        self.interval = interval
        self.pace = pace
    }

    /// `Lookahead(AdamW)`.
    public var name: String { "Lookahead(\(rule.name))" }
    /// The rule's.
    public var learningRate: Double {
        get { rule.learningRate }
        set { rule.learningRate = newValue }
    }
    /// The rule's.
    public var weightDecay: Double {
        get { rule.weightDecay }
        set { rule.weightDecay = newValue }
    }
    /// The rule's parts, each looking ahead.
    public var parts: [any OptimizerRule] {
        rule.parts.map { Lookahead($0, interval: interval, pace: pace) }
    }
    /// The rule's.
    public func part(for name: String, _ shape: Shape) -> Int { rule.part(for: name, shape) }

    /// The slow weights, then the rule's, of which different shapes may have different numbers.
    public func slots(for shape: Shape) -> [OptimizerSlot] {
        [OptimizerSlot("slow", shape, start: .parameter)] + rule.slots(for: shape)
    }

    /// The rule's, and every `interval` steps one that returns to the slow weights.
    public func passes(step: Int, learningRate: Double) -> [OptimizerPass] {
        let passes = rule.passes(step: step, learningRate: learningRate).map { $0.behindFirstSlot }
        guard interval > 0, step % interval == 0 else { return passes }
        return passes + [.elementwise(.program(returning), slots: 0..<1)]
    }

    /// Over parameter, gradient and slow weights: parameter and slow weights are slow + pace · (parameter − slow).
    private var returning: ScalarProgram {
        var program = ScalarProgram(inputs: 3, constants: [pace])
        let way = program.append(.subtract, 0, 2)
        let slow = program.append(.multiplyAdd, program.constant(0), way, 2)
        program.outputs = [slow, slow]
        return program
    }

    /// Refuses a hyper-parameter outside its range.
    public func validate() throws(TensorError) {
        try check(
            name, ("interval", Double(interval), .atLeast(1)), ("pace", pace, .fraction))
        try rule.validate()
    }

    static let component = Component<any OptimizerRule>(
        "Lookahead", "Another optimizer, drawn back every few steps to slow weights (Zhang and others 2019).",
        Field(required: "optimizer", of: Optimizers.kind, "What takes the steps."),
        Field("interval", default: 5, in: .atLeast(1), unit: "steps", "From one return to the next."),
        Field("pace", default: 0.5, in: .fraction, "Share of the way that slow weights go.")
    ) { optimizer, interval, pace in try Lookahead(optimizer, interval: interval, pace: pace).validated() }
}

extension OptimizerPass {
    /// The same pass, where another slot comes before its own.
    fileprivate var behindFirstSlot: OptimizerPass {
        switch self {
        case .elementwise(let rule, let slots):
            .elementwise(rule, slots: slots.lowerBound + 1..<slots.upperBound + 1)
        case .directed(let body, let rule, let slots):
            .directed(
                by: { body($0.map(\.withoutFirstSlot)) }, then: rule,
                slots: slots.lowerBound + 1..<slots.upperBound + 1)
        }
    }
}

extension OptimizedTensor {
    /// The same, as the rule within sees it.
    fileprivate var withoutFirstSlot: OptimizedTensor {
        OptimizedTensor(parameter: parameter, gradient: gradient, slots: Array(slots.dropFirst()))
    }
}
