// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingOptim
import Testing

/// A rule of one's own: p ← p − learningRate · direction, where a function gives the directions of each shape.
private struct DirectedRule: OptimizerRule {
    let directions: @Sendable ([OptimizedTensor]) -> [Tensor]
    var learningRate = 1.0
    var weightDecay = 0.0
    var name: String { "Directed" }

    func slots(for shape: Shape) -> [OptimizerSlot] { [] }

    func passes(step: Int, learningRate: Double) -> [OptimizerPass] {
        let plain = OptimizerStep.Rule.sgd(
            learningRate: learningRate, momentum: 0, dampening: 0, nesterov: false, weightDecay: 0, firstStep: true)
        return [.directed(by: directions, then: plain, slots: 0..<0)]
    }

    func validate() throws(TensorError) {}
}

/// Rules that give directions themselves.
@Suite struct DirectedRuleTests {
    private func step(_ rule: DirectedRule) throws -> (before: [Double], after: [Double], error: TensorError?) {
        let sequence = GradientSequence([[5], [4, 3], [5]])
        let optimizer = try Optimizer(rule, parameters: sequence.parameters)
        sequence.setGradients(0)
        let before = try sequence.elements()
        let error = tensorError { try optimizer.step() }
        return (before, try sequence.elements(), error)
    }

    @Test func directionsStandForGradients() throws {
        // Signs of gradients, by hand: both vectors at once, then the matrix.
        let signs = try step(DirectedRule { tensors in tensors.map { $0.gradient.sign() } })
        let sequence = GradientSequence([[5], [4, 3], [5]])
        sequence.setGradients(0)
        let wanted = zip(try sequence.elements(), try sequence.gradients()).map { $0 - ($1 > 0 ? 1 : -1) }
        #expect(signs.error == nil)
        #expect(worstError(signs.after, wanted) < 1e-12)
    }

    @Test func tooFewDirectionsAreRefusedAndNothingMoves() throws {
        let found = try step(DirectedRule { Array($0.map(\.gradient).prefix(1)) })
        #expect(found.error?.code == .invalidValue)
        #expect(found.error?.what == "it gives directions to 2 of 3 parameters")
        #expect(found.after == found.before)
    }

    @Test func directionsOfAnotherShapeAreRefusedAndNothingMoves() throws {
        let found = try step(DirectedRule { tensors in tensors.map { _ in .zeros([2, 2], dtype: .float64) } })
        #expect(found.error?.code == .shapeMismatch)
        #expect(found.after == found.before)
    }
}
