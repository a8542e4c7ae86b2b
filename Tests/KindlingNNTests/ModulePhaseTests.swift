// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingNN
import Testing

/// Phases end with the scope that set them.
@Suite struct ModulePhaseTests {
    private let net = Sequential {
        Linear(4, 64, weightInitializer: .ones)
        Dropout(rate: 0.5)
    }
    private let input = Tensor.ones([1, 4])

    @Test func predictingNeitherDropsNorRecordsWhateverIsAround() throws {
        try net.inTraining(step: 3) {
            let predicted = try net.predict(input)
            #expect(!predicted.requiresGradient)
            #expect(try predicted.array(of: Float.self).allSatisfy { $0 > 3 })
            #expect(ForwardContext.phase == .training)
            let trained = net(input)
            #expect(trained.requiresGradient)
            #expect(try trained.array(of: Float.self).contains(0))
        }
        #expect(ForwardContext.phase == .evaluation)
    }

    @Test func whatIsDroppedFollowsFromStepAndSeed() throws {
        func pass(_ step: Int, _ seed: UInt64) throws -> [Float] {
            try net.inTraining(step: step, seed: seed) { net(input) }.array()
        }
        #expect(try pass(1, 0) == pass(1, 0))
        #expect(try pass(1, 0) != pass(2, 0))
        #expect(try pass(1, 0) != pass(1, 1))
    }

    @Test func evaluationInsideTrainingEndsWithItsScope() {
        net.inTraining(step: 0) {
            net.inEvaluation { #expect(ForwardContext.phase == .evaluation) }
            #expect(ForwardContext.phase == .training)
        }
    }

    @Test func aPhaseEndsWithAnError() {
        #expect(throws: TensorError.self) { try net.predict(.ones([1, 5])) }
        #expect(ForwardContext.phase == .evaluation)
    }
}
