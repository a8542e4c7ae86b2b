// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingOptim
import Testing

@Suite struct OptimizerTests {
    @Test(arguments: OptimizerCase.all) func hundredStepsEqualPyTorchAndKeras(_ optimizerCase: OptimizerCase) throws {
        let expected = try #require(Fixture.optimizers[optimizerCase.name])
        let sequence = GradientSequence(optimizerCase.shapes)
        let optimizer = try Optimizer(optimizerCase.rule, parameters: sequence.parameters)
        try sequence.take(0..<100, with: optimizer)
        #expect(worstError(try sequence.elements(), expected) <= 1e-9)
    }

    @Test(arguments: OptimizerCase.all) func floatStepsFollowThoseInDouble(_ optimizerCase: OptimizerCase) throws {
        // What divides by a variance that is close to nothing has no more digits in float32.
        let isTouchy = optimizerCase.name.hasPrefix("rmsprop centered") || optimizerCase.name.hasPrefix("lion")
        let expected = try #require(Fixture.optimizers[optimizerCase.name])
        let sequence = GradientSequence(optimizerCase.shapes, dtype: .float32)
        let optimizer = try Optimizer(optimizerCase.rule, parameters: sequence.parameters)
        try sequence.take(0..<100, with: optimizer)
        #expect(worstError(try sequence.elements(), expected) <= (isTouchy ? 0.05 : 1e-3))
        #expect(sequence.parameters.allSatisfy { $0.parameter.value.dtype == .float32 })
    }

    @Test(arguments: OptimizerCase.all) func stateTakenOverGivesTheSameBits(_ optimizerCase: OptimizerCase) throws {
        let whole = GradientSequence(optimizerCase.shapes), parts = GradientSequence(optimizerCase.shapes)
        try whole.take(0..<20, with: Optimizer(optimizerCase.rule, parameters: whole.parameters))
        let begun = try Optimizer(optimizerCase.rule, parameters: parts.parameters)
        try parts.take(0..<9, with: begun)
        let continued = try Optimizer(optimizerCase.rule, parameters: parts.parameters)
        let state = Dictionary(uniqueKeysWithValues: begun.state.map { ($0.name, $0.value) })
        try continued.restore(stepCount: begun.stepCount) { state[$0] }
        try parts.take(9..<20, with: continued)
        #expect(try whole.elements() == parts.elements())
    }

    @Test func stateNamesStayAsCheckpointsHaveThem() throws {
        func names(_ rule: any OptimizerRule) throws -> [String] {
            try Optimizer(rule, parameters: [("0.weight", Parameter(.zeros([2, 2])))]).state.map(\.name)
        }
        #expect(try names(SGD(momentum: 0.9)) == ["0.weight/momentum"])
        #expect(try names(SGD()).isEmpty)
        #expect(try names(Adam()) == ["0.weight/momentum", "0.weight/velocity"])
        #expect(try names(AdamW()) == ["0.weight/momentum", "0.weight/velocity"])
    }

    @Test func stateOfAnotherTypeIsConverted() throws {
        let sequence = GradientSequence()
        let optimizer = try Optimizer(Adam(), parameters: sequence.parameters)
        try optimizer.restore(stepCount: 3) { name in
            name.hasSuffix("steps")
                ? nil : name.hasPrefix("p0") ? .zeros([5], dtype: .float32) : .zeros([4, 3], dtype: .float32)
        }
        #expect(optimizer.state.allSatisfy { $0.value.dtype == .float64 })
        try sequence.take(0..<1, with: optimizer)
    }

    @Test func missingAndMisshapenStateIsRefusedByName() throws {
        let optimizer = try Optimizer(Adam(), parameters: GradientSequence().parameters)
        let missing = tensorError { try optimizer.restore(stepCount: 1) { _ in nil } }
        #expect(missing?.what.contains("p0/momentum") == true)
        let misshapen = tensorError { try optimizer.restore(stepCount: 1) { _ in .zeros([5]) } }
        #expect(misshapen?.what.contains("p1/momentum") == true)
        #expect(misshapen?.code == .shapeMismatch)
    }

    @Test func whoHoldsAnOldValueKeepsIt() throws {
        let parameter = Parameter(Tensor([0.5, 0.2, -0.1]))
        let optimizer = try Optimizer(SGD(learningRate: 1), parameters: [("p", parameter)])
        let old = parameter.value
        let view = parameter.value.reshaped(to: [3, 1])
        let before = try old.array(of: Double.self)
        parameter.gradient = .ones([3], dtype: parameter.dtype)
        try optimizer.step()
        #expect(try old.array(of: Double.self) == before)
        #expect(try view.array(of: Double.self) == before)
        #expect(try parameter.value.array(of: Float.self) == old.array(of: Float.self).map { $0 - 1 })
    }

    @Test(arguments: [Adam(learningRate: 0.1, weightDecay: 1), LAMB(learningRate: 0.1)] as [any OptimizerRule])
    func frozenAndUntouchedParametersStay(_ rule: any OptimizerRule) throws {
        let sequence = GradientSequence([[5], [5], [5]])
        let optimizer = try Optimizer(rule, parameters: sequence.parameters)
        sequence.parameters[0].parameter.isFrozen = true
        sequence.setGradients(0)
        sequence.parameters[1].parameter.gradient = nil
        let before = try sequence.elements()
        try optimizer.step()
        let after = try sequence.elements()
        #expect(after[..<10] == before[..<10])
        #expect(after[10...] != before[10...])
        #expect(sequence.parameters.allSatisfy { $0.parameter.gradient == nil })
    }

    @Test(arguments: OptimizerCase.all) func whoJoinsLateLearnsAsIfAtTheBeginning(_ optimizerCase: OptimizerCase) throws
    {
        let alone = GradientSequence(optimizerCase.shapes), late = GradientSequence(optimizerCase.shapes)
        let first = try Optimizer(optimizerCase.rule, parameters: alone.parameters)
        var second = try Optimizer(optimizerCase.rule, parameters: late.parameters)
        for step in 0..<9 {
            // The second parameter is frozen for the first three steps, and gets the gradients that the other run had.
            late.parameters[1].parameter.isFrozen = step < 3
            late.setGradients(step)
            let matrix = late.parameters[1].parameter
            if step >= 3 {
                alone.setGradients(step - 3)
                matrix.gradient = alone.parameters[1].parameter.gradient
                try first.step()
            }
            try second.step()
            if step == 5 {
                let state = Dictionary(uniqueKeysWithValues: second.state.map { ($0.name, $0.value) })
                let continued = try Optimizer(optimizerCase.rule, parameters: late.parameters)
                try continued.restore(stepCount: second.stepCount) { state[$0] }
                second = continued
            }
        }
        #expect(
            try late.parameters[1].parameter.value.array(of: Double.self)
                == alone.parameters[1].parameter.value.array(of: Double.self))
    }

    @Test(arguments: OptimizerCase.all) func stateAndParametersAreWrittenOverWhereTheyLie(
        _ optimizerCase: OptimizerCase
    ) throws {
        func addresses(_ tensors: [Tensor]) throws -> [UnsafeRawPointer?] {
            try tensors.map { try $0.withBytes { $0.baseAddress } }
        }
        let sequence = GradientSequence(optimizerCase.shapes)
        let optimizer = try Optimizer(optimizerCase.rule, parameters: sequence.parameters)
        try sequence.take(0..<1, with: optimizer)
        let before = try addresses(
            optimizer.state.map(\.value) + sequence.parameters.map { $0.parameter.value.detached() })
        try sequence.take(1..<4, with: optimizer)
        let after = try addresses(
            optimizer.state.map(\.value) + sequence.parameters.map { $0.parameter.value.detached() })
        #expect(before == after)
    }

    @Test(arguments: [SGD(learningRate: 1), Lookahead(SGD(learningRate: 1)), LAMB()] as [any OptimizerRule])
    func gradientsAreScaledBeforeTheStep(_ rule: any OptimizerRule) throws {
        let scaled = GradientSequence(), halved = GradientSequence()
        let first = try Optimizer(rule, parameters: scaled.parameters)
        let second = try Optimizer(rule, parameters: halved.parameters)
        scaled.setGradients(0)
        halved.setGradients(0)
        for (_, parameter) in halved.parameters { parameter.gradient = parameter.gradient.map { $0 * 0.5 } }
        try first.step(gradientScale: 0.5)
        try second.step()
        #expect(try scaled.elements() == halved.elements())
    }

    @Test func matricesOfOneShapeLearnTogetherAsEachAlone() throws {
        let shapes: [Shape] = [[4, 3], [3, 4], [4, 3], [2, 2], [4, 3]]
        func numbers(_ shape: Shape, _ place: Int) -> Tensor {
            let values = (0..<shape.elementCount).map { Double(($0 * 7 + place * 5) % 11) / 11 - 0.4 }
            return Tensor(values, dtype: .float64).reshaped(to: shape)
        }
        func learned(_ chosen: [Int]) throws -> [[Double]] {
            let parameters = chosen.map { ("\($0)", Parameter(numbers(shapes[$0], $0))) }
            let optimizer = try Optimizer(Muon(learningRate: 0.1), parameters: parameters)
            for step in 1...3 {
                for (index, entry) in zip(chosen, parameters) {
                    entry.1.gradient = numbers(shapes[index], index + step)
                }
                try optimizer.step()
            }
            return try parameters.map { try $0.1.value.array(of: Double.self) }
        }
        let together = try learned([0, 1, 2, 3, 4])
        for index in shapes.indices {
            let alone = try learned([index])[0]
            #expect(zip(together[index], alone).allSatisfy { abs($0 - $1) < 1e-12 })
        }
    }

    @Test func halfPrecisionGradientsAreTaken() throws {
        for rule in [Adam(), Adafactor(), LAMB(), Muon()] as [any OptimizerRule] {
            let sequence = GradientSequence(dtype: .float32)
            let optimizer = try Optimizer(rule, parameters: sequence.parameters)
            sequence.setGradients(0)
            for (_, parameter) in sequence.parameters {
                parameter.gradient = parameter.gradient.map { $0.converted(to: .bfloat16) }
            }
            try optimizer.step()
            #expect(try sequence.elements().allSatisfy(\.isFinite))
            #expect(sequence.parameters.allSatisfy { $0.parameter.value.dtype == .float32 })
        }
    }

    @Test(arguments: OptimizerCase.all) func parametersWithoutElementsAreNoTrouble(_ optimizerCase: OptimizerCase)
        throws
    {
        let parameters = [("empty", Parameter(.zeros([0, 3]))), ("scalar", Parameter(.ones([])))]
        let optimizer = try Optimizer(optimizerCase.rule, parameters: parameters)
        for (_, parameter) in parameters { parameter.gradient = .ones(parameter.shape) }
        try optimizer.step()
        #expect(try parameters[1].1.value.item().isFinite)
    }

    @Test func zeroGradientsLeaveFiniteNumbers() throws {
        for optimizerCase in OptimizerCase.all {
            let sequence = GradientSequence(optimizerCase.shapes)
            let optimizer = try Optimizer(optimizerCase.rule, parameters: sequence.parameters)
            for _ in 0..<3 {
                for (_, parameter) in sequence.parameters {
                    parameter.gradient = .zeros(parameter.shape, dtype: .float64)
                }
                try optimizer.step()
            }
            #expect(try sequence.elements().allSatisfy(\.isFinite), "\(optimizerCase)")
        }
    }

    @Test func manyStepsKeepNAdamFinite() {
        for step in [1, 1000, 1_000_000, Int.max] {
            guard
                case .nadam(_, _, _, _, _, _, let gradient, let momentum, _) = NAdam().request(
                    step: step, learningRate: 1)
            else {
                Issue.record("NAdam asks for something else")
                return
            }
            #expect(gradient.isFinite && momentum.isFinite)
        }
    }
}
