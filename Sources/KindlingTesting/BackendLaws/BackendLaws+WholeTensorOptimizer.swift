// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension BackendLaws {
    /// Rules that know sums of whole tensors.
    static let wholeTensorCases: [BackendCase] = [
        BackendCase("optimizerStep LAMB") { steps(lamb(weightDecay: 0), [signed, positive]) },
        BackendCase("optimizerStep LAMB with weight decay") { steps(lamb(weightDecay: 0.1), [signed, positive]) },
        BackendCase("optimizerStep Adafactor of vectors") { steps(adafactor(epsilon: nil), [positive]) },
        BackendCase("optimizerStep Adafactor of matrices") { steps(adafactor(epsilon: nil), [positive, positive]) },
        BackendCase("optimizerStep Adafactor with large bounds") {
            steps(adafactor(epsilon: 0.3), [positive, positive])
        },
    ]

    private static func lamb(weightDecay: Double) -> OptimizerStep.Rule {
        .lamb(
            learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: weightDecay, correction1: 0.271,
            correction2: 0.002997001)
    }

    private static func adafactor(epsilon: Double?) -> OptimizerStep.Rule {
        .adafactor(
            rate: 0.05, pace: 0.3, epsilon: epsilon, minimumScale: epsilon ?? 1e-3, clipThreshold: 1, decay: 0.01)
    }
}

extension OptimizerStep.Rule {
    /// Whether slots of matrices are means of rows and of columns.
    var isFactored: Bool {
        if case .adafactor = self { return true }
        return false
    }

    /// Whether it needs sums of whole tensors.
    var sumsWholeTensors: Bool {
        if case .lamb = self { return true }
        return isFactored
    }
}

extension Shape {
    /// With one place along the last axis, for slot 0, or along the one before.
    func meaned(_ slot: Int) -> Shape {
        var sizes = dimensions
        sizes[rank - 1 - slot] = 1
        return Shape(sizes)
    }
}
