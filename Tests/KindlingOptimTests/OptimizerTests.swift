// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Glibc
import KindlingBackend
import KindlingEngine
import KindlingOptim
import Testing

private let fixtures: [String: [Double]] = {
    let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    guard let data = FileManager.default.contents(atPath: "\(folder)/Fixtures/optimizers.json"),
        let values = try? JSONDecoder().decode([String: [Double]].self, from: data)
    else { return [:] }
    return values
}()

struct OptimizerCase: Sendable, CustomStringConvertible {
    let name: String
    let rule: any OptimizerRule
    var description: String { name }
}

@Suite struct OptimizerTests {
    static let cases = [
        OptimizerCase(name: "sgd", rule: SGD(learningRate: 0.05)),
        OptimizerCase(name: "sgd momentum", rule: SGD(learningRate: 0.05, momentum: 0.9)),
        OptimizerCase(name: "sgd dampening", rule: SGD(learningRate: 0.05, momentum: 0.9, dampening: 0.3)),
        OptimizerCase(
            name: "sgd nesterov", rule: SGD(learningRate: 0.05, momentum: 0.8, nesterov: true, weightDecay: 0.02)),
        OptimizerCase(name: "adam", rule: Adam(learningRate: 0.02)),
        OptimizerCase(
            name: "adam decay",
            rule: Adam(learningRate: 0.02, beta1: 0.8, beta2: 0.95, epsilon: 1e-6, weightDecay: 0.05)),
        OptimizerCase(name: "adamw", rule: AdamW(learningRate: 0.02, weightDecay: 0.1)),
    ]

    private func start() -> Parameter { Parameter(Tensor((0..<5).map { 0.5 - 0.3 * Double($0) }, shape: [5])) }

    private func gradient(_ step: Int) -> Tensor {
        Tensor((0..<5).map { sin(0.7 * Double(step) + Double($0)) + 0.1 * (Double($0) - 2) }, shape: [5])
    }

    @Test(arguments: cases) func hundredStepsEqualPyTorch(_ optimizerCase: OptimizerCase) throws {
        let expected = try #require(fixtures[optimizerCase.name])
        let parameter = start()
        let optimizer = try Optimizer(optimizerCase.rule, parameters: [("p", parameter)])
        for step in 0..<100 {
            parameter.gradient = gradient(step)
            try optimizer.step()
        }
        let found = try parameter.value.array(of: Double.self)
        for (value, wanted) in zip(found, expected) {
            #expect(abs(value - wanted) <= 1e-9 * max(1, abs(wanted)), "\(found) is not \(expected)")
        }
    }

    @Test func stateTakenOverGivesTheSameBits() throws {
        let whole = start()
        let first = try Optimizer(Adam(learningRate: 0.02), parameters: [("p", whole)])
        for step in 0..<20 {
            whole.gradient = gradient(step)
            try first.step()
        }
        let parts = start()
        let begun = try Optimizer(Adam(learningRate: 0.02), parameters: [("p", parts)])
        for step in 0..<10 {
            parts.gradient = gradient(step)
            try begun.step()
        }
        let continued = try Optimizer(Adam(learningRate: 0.02), parameters: [("p", parts)])
        let state = Dictionary(uniqueKeysWithValues: begun.state.map { ($0.name, $0.value) })
        #expect(Set(state.keys) == ["p/momentum", "p/velocity"])
        try continued.restore(stepCount: begun.stepCount) { state[$0] }
        for step in 10..<20 {
            parts.gradient = gradient(step)
            try continued.step()
        }
        #expect(try whole.value.array(of: Double.self) == parts.value.array(of: Double.self))
    }

    @Test func missingStateIsRefusedByName() throws {
        let optimizer = try Optimizer(Adam(), parameters: [("p", start())])
        let error = #expect(throws: TensorError.self) { try optimizer.restore(stepCount: 1) { _ in nil } }
        #expect(error?.what.contains("p/momentum") == true)
    }

    @Test func whoHoldsAnOldValueKeepsIt() throws {
        let parameter = start()
        let optimizer = try Optimizer(SGD(learningRate: 1), parameters: [("p", parameter)])
        let old = parameter.value
        let view = parameter.value.reshaped(to: [5, 1])
        let before = try old.array(of: Double.self)
        parameter.gradient = .ones([5], dtype: .float64)
        try optimizer.step()
        #expect(try old.array(of: Double.self) == before)
        #expect(try view.array(of: Double.self) == before)
        #expect(try parameter.value.array(of: Double.self) == before.map { $0 - 1 })
    }

    @Test func frozenAndUntouchedParametersStay() throws {
        let frozen = start()
        let untouched = start()
        let learned = start()
        let optimizer = try Optimizer(
            Adam(learningRate: 0.1, weightDecay: 1),
            parameters: [("frozen", frozen), ("untouched", untouched), ("learned", learned)])
        frozen.isFrozen = true
        frozen.gradient = gradient(0)
        learned.gradient = gradient(0)
        let before = try frozen.value.array(of: Double.self)
        try optimizer.step()
        #expect(try frozen.value.array(of: Double.self) == before)
        #expect(try untouched.value.array(of: Double.self) == before)
        #expect(try learned.value.array(of: Double.self) != before)
        #expect(learned.gradient == nil)
    }

    @Test func gradientsAreScaledBeforeTheStep() throws {
        let parameter = start()
        let before = try parameter.value.array(of: Double.self)
        let optimizer = try Optimizer(SGD(learningRate: 1), parameters: [("p", parameter)])
        parameter.gradient = .ones([5], dtype: .float64)
        try optimizer.step(gradientScale: 0.5)
        #expect(try parameter.value.array(of: Double.self) == before.map { $0 - 0.5 })
    }
}
