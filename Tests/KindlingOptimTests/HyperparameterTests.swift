// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingDeclarations
import KindlingEngine
import KindlingOptim
import Testing

/// A rule that cannot be used, and what is said of it.
struct RefusedRule: Sendable, CustomStringConvertible {
    let rule: any OptimizerRule
    let what: String
    var description: String { "\(rule.name): \(what)" }

    init(_ rule: any OptimizerRule, _ what: String) {
        self.rule = rule
        self.what = what
    }
}

@Suite struct HyperparameterTests {
    static let refused: [RefusedRule] = [
        RefusedRule(SGD(learningRate: -0.1), "learningRate is -0.1, but must be at least 0"),
        RefusedRule(SGD(learningRate: .nan), "learningRate is nan, but must be at least 0"),
        RefusedRule(SGD(learningRate: .infinity), "learningRate is inf, but must be finite"),
        RefusedRule(
            SGD(nesterov: true),
            "nesterov is true, but then momentum must be above 0 and dampening 0; they are 0.0 and 0.0"),
        RefusedRule(Adam(beta1: 1), "beta1 is 1.0, but must be 0 ..< 1"),
        RefusedRule(AdamW(beta2: 1.5), "beta2 is 1.5, but must be 0 ..< 1"),
        RefusedRule(AdamW(weightDecay: -1), "weightDecay is -1.0, but must be at least 0"),
        RefusedRule(Adamax(epsilon: -1), "epsilon is -1.0, but must be at least 0"),
        RefusedRule(NAdam(momentumDecay: -1), "momentumDecay is -1.0, but must be at least 0"),
        RefusedRule(RAdam(beta2: 1), "beta2 is 1.0, but must be 0 ..< 1"),
        RefusedRule(RMSprop(smoothing: 1.1), "smoothing is 1.1, but must be 0 ... 1"),
        RefusedRule(RMSprop(momentum: -0.5), "momentum is -0.5, but must be at least 0"),
        RefusedRule(Adagrad(initialAccumulator: -1), "initialAccumulator is -1.0, but must be at least 0"),
        RefusedRule(Adadelta(smoothing: -0.1), "smoothing is -0.1, but must be 0 ... 1"),
        RefusedRule(Adafactor(betaDecay: 0.8), "betaDecay is 0.8, but must be at most 0"),
        RefusedRule(Adafactor(clipThreshold: 0.5), "clipThreshold is 0.5, but must be at least 1"),
        RefusedRule(Lion(beta1: -0.1), "beta1 is -0.1, but must be 0 ..< 1"),
        RefusedRule(LAMB(learningRate: -1), "learningRate is -1.0, but must be at least 0"),
        RefusedRule(Muon(momentum: 1), "momentum is 1.0, but must be 0 ..< 1"),
        RefusedRule(Muon(iteration: NewtonSchulz(steps: 0)), "steps is 0.0, but must be 1 ... 99"),
        RefusedRule(Muon(others: AdamW(beta1: 2)), "beta1 is 2.0, but must be 0 ..< 1"),
        RefusedRule(Lookahead(Adam(), interval: 0), "interval is 0.0, but must be at least 1"),
        RefusedRule(Lookahead(Adam(beta1: 1)), "beta1 is 1.0, but must be 0 ..< 1"),
    ]

    @Test(arguments: refused) func impossibleRulesAreRefusedAtConstruction(_ refused: RefusedRule) {
        let error = tensorError { _ = try Optimizer(refused.rule, parameters: GradientSequence().parameters) }
        #expect(error?.code == .invalidValue)
        #expect(error?.what == refused.what)
    }

    @Test func anImpossibleScheduleIsRefusedWithThePlan() {
        let plan = OptimizerPlan.adam().scheduled(StepSchedule(every: 0))
        let error = tensorError { _ = try Optimizer(plan, parameters: GradientSequence().parameters) }
        #expect(error?.operation == "Step")
        #expect(error?.what == "every is 0.0, but must be at least 1")
    }

    @Test func everyOptimizerCanBeMadeOfItsDefaults() throws {
        for component in Optimizers.all {
            let reader = RecipeReader()
            let written =
                component.type == "Lookahead"
                ? mapping("Lookahead", ("optimizer", scalar("Adam"))) : scalar(component.type)
            let rule = try #require(Optimizers.kind.make(from: written, reader), "\(reader.problems)")
            let sequence = GradientSequence()
            try sequence.take(0..<3, with: Optimizer(rule, parameters: sequence.parameters))
            #expect(try sequence.elements().allSatisfy(\.isFinite), "\(component.type)")
        }
        #expect(Optimizers.all.map(\.type) == Optimizers.all.map(\.type).sorted())
        #expect(Optimizers.all.count == 14)
    }

    @Test func recipesRefuseWithNameValueAndRule() {
        func problems(_ value: DeclaredValue) -> [String] {
            let reader = RecipeReader()
            _ = Optimizers.kind.make(from: value, reader)
            return reader.problems.map(\.message)
        }
        #expect(
            problems(mapping("SGD", ("nesterov", scalar("true"))))
                == [
                    "SGD: nesterov is true, but then momentum must be above 0 and dampening 0; they are 0.0 and 0.0"
                ])
        #expect(problems(mapping("Adam", ("beta1", scalar("1")))) == ["expected 0 ..< 1, found '1'"])
        #expect(problems(mapping("Lion", ("learning_rate", scalar("-1")))) == ["expected at least 0, found '-1'"])
        #expect(
            problems(mapping("Lookahead", ("optimizer", scalar("Adam")), ("interval", scalar("0")))) == [
                "expected at least 1, found '0'"
            ])
    }
}

func scalar(_ text: String) -> DeclaredValue { DeclaredValue(.scalar(text, quoted: false), at: .builtIn) }

func list(_ items: DeclaredValue...) -> DeclaredValue { DeclaredValue(.sequence(items), at: .builtIn) }

/// A component with arguments.
func mapping(_ type: String?, _ entries: (String, DeclaredValue)...) -> DeclaredValue {
    let all = (type.map { [("type", scalar($0))] } ?? []) + entries
    return DeclaredValue(
        .mapping(all.map { .init(key: $0.0, keyOrigin: .builtIn, value: $0.1) }), at: .builtIn)
}
