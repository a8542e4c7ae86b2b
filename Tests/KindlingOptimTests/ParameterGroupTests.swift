// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingDeclarations
import KindlingEngine
import KindlingOptim
import Testing

@Suite struct ParameterGroupTests {
    private func model() -> [(name: String, parameter: Parameter)] {
        [("body.0.weight", [2, 2]), ("body.0.bias", [2]), ("bodyguard.scale", [2]), ("head.weight", [2, 2])]
            .map { (name: String, shape: Shape) in (name, Parameter(.ones(shape, dtype: .float64))) }
    }

    private func afterStep(_ plan: OptimizerPlan, learningRate: Double? = nil) throws -> [Double] {
        let parameters = model()
        let optimizer = try Optimizer(plan, parameters: parameters)
        if let learningRate { optimizer.learningRate = learningRate }
        for (_, parameter) in parameters { parameter.gradient = .ones(parameter.shape, dtype: .float64) }
        try optimizer.step()
        return try parameters.map { try $0.parameter.value.array(of: Double.self)[0] }
    }

    private let plan = OptimizerPlan(SGD(learningRate: 0.5, weightDecay: 0.25))

    @Test func withoutGroupsAllLearnAlike() throws {
        #expect(try afterStep(plan) == [0.375, 0.375, 0.375, 0.375])
    }

    @Test func aPathTakesAllBelowItAndNothingBeside() throws {
        #expect(
            try afterStep(plan.grouped(ParameterGroup("body", learningRateFactor: 0.5)))
                == [0.6875, 0.6875, 0.375, 0.375])
    }

    @Test func matricesAloneDecay() throws {
        #expect(try afterStep(plan.grouped(.decayOnlyMatrices)) == [0.375, 0.5, 0.5, 0.375])
    }

    @Test func theFirstGroupThatTakesAParameterHasIt() throws {
        let grouped = plan.grouped(
            ParameterGroup("*.bias", weightDecay: 0), ParameterGroup("b*", learningRate: 0),
            ParameterGroup(learningRate: 1) { name, shape in name.hasPrefix("head") && shape.rank == 2 })
        #expect(try afterStep(grouped) == [1, 0.5, 1, -0.25])
    }

    @Test func scheduledRatesChangeAllGroupsInProportion() throws {
        let grouped = plan.grouped(ParameterGroup("head", learningRate: 1))
        #expect(try afterStep(grouped, learningRate: 0.25) == [0.6875, 0.6875, 0.6875, 0.375])
    }

    @Test func stateNamesDoNotDependOnGroups() throws {
        let plain = try Optimizer(OptimizerPlan.adam(), parameters: model())
        let grouped = try Optimizer(OptimizerPlan.adam().grouped(.decayOnlyMatrices), parameters: model())
        #expect(plain.state.map(\.name) == grouped.state.map(\.name))
    }

    @Test func aGroupOfNobodyIsRefusedWithTheNamesThereAre() {
        let error = tensorError { _ = try afterStep(plan.grouped(ParameterGroup("tail", weightDecay: 0))) }
        #expect(error?.operation == "group 'tail'")
        #expect(
            error?.what
                == "no parameter has such a name; there are body.0.weight, body.0.bias, bodyguard.scale, head.weight")
    }

    @Test func impossibleNumbersAreRefused() {
        let error = tensorError { _ = try afterStep(plan.grouped(ParameterGroup("head", learningRate: -1))) }
        #expect(error?.what == "learningRate is -1.0, but must be at least 0")
        let decay = tensorError { _ = try afterStep(plan.grouped(ParameterGroup("head", weightDecay: .nan))) }
        #expect(decay?.what == "weightDecay is nan, but must be at least 0")
    }

    @Test(arguments: [
        ("*.weight", "a.b.weight", true), ("*.weight", "a.weights", false), ("a.?.b", "a.1.b", true),
        ("a.?.b", "a.12.b", false), ("*", "", true), ("a", "a", true), ("a", "ab", false), ("a.b", "a.b.c", true),
        ("*a*a*b", "aaaaab", true), ("*a*a*c", "aaaaab", false), ("b*", "ab", false),
    ]) func patterns(_ pattern: String, _ name: String, _ matches: Bool) {
        #expect(ParameterGroup(pattern).takes(name, [2]) == matches)
    }

    @Test func muonGivesMatricesToItselfAndTheRestToAdamW() throws {
        let parameters = model()
        let rule = Muon(excluded: ["head"], others: AdamW(learningRate: 0.5, weightDecay: 0))
        let optimizer = try Optimizer(rule, parameters: parameters)
        #expect(
            optimizer.state.map(\.name) == [
                "body.0.weight/momentum", "body.0.bias/momentum", "body.0.bias/velocity", "bodyguard.scale/momentum",
                "bodyguard.scale/velocity", "head.weight/momentum", "head.weight/velocity",
            ])
        for (_, parameter) in parameters { parameter.gradient = .ones(parameter.shape, dtype: .float64) }
        try optimizer.step()
        for index in 1...3 {
            let value = try parameters[index].parameter.value.array(of: Double.self)[0]
            #expect(abs(value - 0.5) < 1e-6)
        }
    }

    @Test func muonLooksAheadPartByPart() throws {
        let rule = Lookahead(Muon(), interval: 1, pace: 0)
        let parameters = model()
        let optimizer = try Optimizer(rule, parameters: parameters)
        for (_, parameter) in parameters { parameter.gradient = .ones(parameter.shape, dtype: .float64) }
        try optimizer.step()
        #expect(try parameters.allSatisfy { try $0.parameter.value.array(of: Double.self).allSatisfy { $0 == 1 } })
    }

    @Test func recipesListGroups() {
        let section = Component<[ParameterGroup]>("plan", "A plan.", OptimizerPlan.groupsField) { $0 }
        let reader = RecipeReader()
        #expect(section.read(mapping(nil), reader)?.count == 0)
        let two = list(mapping(nil, ("match", scalar("head"))), mapping(nil, ("shape", scalar("vectors"))))
        #expect(section.read(mapping(nil, ("groups", two)), reader)?.map { $0.takes("head", []) } == [true, true])
        #expect(reader.problems.isEmpty)
        let wrong = list(mapping(nil, ("mach", scalar("head"))), mapping(nil, ("weight_decay", scalar("-1"))))
        #expect(section.read(mapping(nil, ("groups", wrong)), reader) == nil)
        #expect(section.read(mapping(nil, ("groups", scalar("head"))), reader) == nil)
        #expect(reader.problems.count == 3)
    }

    @Test func recipesSpellGroups() throws {
        let reader = RecipeReader()
        let written = mapping(
            nil, ("match", scalar("head")), ("learning_rate", scalar("1")), ("shape", scalar("matrices")),
            ("weight_decay", scalar("0")))
        let group = try #require(ParameterGroup.component.read(written, reader))
        #expect(reader.problems.isEmpty)
        #expect(try afterStep(plan.grouped(group)) == [0.375, 0.375, 0.375, 0])
        #expect(ParameterGroup.component.read(mapping(nil, ("learning_rate", scalar("-1"))), reader) == nil)
        #expect(reader.problems.map(\.message) == ["expected at least 0, found '-1'"])
    }
}
