// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingOptim
import Testing

@Suite struct WeightAverageTests {
    /// A matrix that gradient descent changes.
    private struct Model {
        let sequence = GradientSequence([[4, 3]])
        let optimizer: Optimizer
        let average: WeightAverage

        init(_ rule: WeightAverage.Rule) throws {
            optimizer = try Optimizer(SGD(learningRate: 0.1), parameters: sequence.parameters)
            average = try WeightAverage(of: sequence.parameters, rule)
        }

        func take(_ steps: Range<Int>) throws {
            for step in steps {
                try sequence.take(step..<step + 1, with: optimizer)
                try average.update()
            }
        }
    }

    @Test(arguments: [
        ("average exponential", WeightAverage.Rule.exponential(decay: 0.9)), ("average mean", .mean),
    ]) func averagesEqualPyTorch(_ name: String, _ rule: WeightAverage.Rule) throws {
        let expected = try #require(Fixture.optimizers[name])
        let model = try Model(rule)
        try model.take(0..<20)
        #expect(worstError(try model.average.state[0].value.array(of: Double.self), expected) <= 1e-12)
    }

    @Test func warmUpFollowsFasterAtFirst() throws {
        let parameter = Parameter(.zeros([1], dtype: .float64))
        let average = try WeightAverage(of: [("p", parameter)], .exponential(decay: 0.5, warmUp: true))
        var expected = 0.0
        for count in 0..<30 {
            parameter.value = .full([1], Double(count), dtype: .float64)
            try average.update()
            let decay = min(0.5, (1 + Double(count)) / (10 + Double(count)))
            expected = count == 0 ? 0 : expected + (1 - decay) * (Double(count) - expected)
            #expect(abs(try average.state[0].value.item() - expected) < 1e-12)
        }
    }

    @Test func swappingGivesAveragesAndThenTheWeightsBack() throws {
        let model = try Model(.mean)
        try model.take(0..<5)
        let weights = try model.sequence.elements()
        let averages = try model.average.state[0].value.array(of: Double.self)
        try model.average.swapIn()
        #expect(try model.sequence.elements() == averages)
        #expect(try model.average.state[0].value.array(of: Double.self) == averages)
        #expect(tensorError { try model.average.swapIn() }?.code == .invalidValue)
        #expect(tensorError { try model.average.update() }?.code == .invalidValue)
        try model.average.swapOut()
        #expect(try model.sequence.elements() == weights)
        #expect(tensorError { try model.average.swapOut() }?.code == .invalidValue)
        #expect(try model.average.withAverages { try model.sequence.elements() } == averages)
        #expect(try model.sequence.elements() == weights)
    }

    @Test func updatesLeaveTheModelAsItIs() throws {
        let model = try Model(.exponential(decay: 0.9))
        try model.take(0..<3)
        let before = try model.sequence.elements()
        let averages = try model.average.state[0].value.array(of: Double.self)
        try model.average.update()
        #expect(try model.sequence.elements() == before)
        #expect(model.sequence.parameters[0].parameter.gradient == nil)
        // And steps leave averages as they are.
        try model.sequence.take(3..<4, with: model.optimizer)
        #expect(try model.average.state[0].value.array(of: Double.self) != averages)
    }

    @Test func stateTakenOverGivesTheSameBits() throws {
        let whole = try Model(.mean), parts = try Model(.mean)
        try whole.take(0..<9)
        try parts.take(0..<4)
        let continued = try WeightAverage(of: parts.sequence.parameters, .mean)
        let state = Dictionary(uniqueKeysWithValues: parts.average.state.map { ($0.name, $0.value) })
        #expect(Array(state.keys) == ["p0/average"])
        try continued.restore(count: parts.average.count) { state[$0] }
        for step in 4..<9 {
            try parts.sequence.take(step..<step + 1, with: parts.optimizer)
            try continued.update()
        }
        #expect(
            try continued.state[0].value.array(of: Double.self)
                == whole.average.state[0].value.array(of: Double.self))
    }

    @Test func impossibleDecayAndMissingStateAreRefused() throws {
        #expect(
            tensorError { _ = try Model(.exponential(decay: 1.5)) }?.what == "decay is 1.5, but must be 0 ... 1")
        let model = try Model(.mean)
        #expect(
            tensorError { try model.average.restore(count: 1) { _ in nil } }?.what.contains("p0/average") == true)
    }
}
