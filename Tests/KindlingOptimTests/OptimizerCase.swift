// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingOptim

/// A rule, and the name of its fixture.
struct OptimizerCase: Sendable, CustomStringConvertible {
    let name: String
    let rule: any OptimizerRule
    var shapes: [Shape] = [[5], [4, 3]]
    var description: String { name }

    init(_ name: String, _ rule: any OptimizerRule, shapes: [Shape] = [[5], [4, 3]]) {
        self.name = name
        self.rule = rule
        self.shapes = shapes
    }

    static let all: [OptimizerCase] = firstOrder + adaptive + wholeTensors

    private static let firstOrder = [
        OptimizerCase("sgd", SGD(learningRate: 0.05)),
        OptimizerCase("sgd momentum", SGD(learningRate: 0.05, momentum: 0.9)),
        OptimizerCase("sgd dampening", SGD(learningRate: 0.05, momentum: 0.9, dampening: 0.3)),
        OptimizerCase("sgd nesterov", SGD(learningRate: 0.05, momentum: 0.8, nesterov: true, weightDecay: 0.02)),
        OptimizerCase("lion", Lion(learningRate: 0.01)),
        OptimizerCase("lion decay", Lion(learningRate: 0.01, beta1: 0.8, beta2: 0.95, weightDecay: 0.05)),
    ]

    private static let adaptive = [
        OptimizerCase("adam", Adam(learningRate: 0.02)),
        OptimizerCase(
            "adam decay", Adam(learningRate: 0.02, beta1: 0.8, beta2: 0.95, epsilon: 1e-6, weightDecay: 0.05)),
        OptimizerCase("adam amsgrad", Adam(learningRate: 0.02, beta2: 0.9, weightDecay: 0.05, amsgrad: true)),
        OptimizerCase("adamw", AdamW(learningRate: 0.02, weightDecay: 0.1)),
        OptimizerCase("adamw amsgrad", AdamW(learningRate: 0.02, beta2: 0.9, weightDecay: 0.1, amsgrad: true)),
        OptimizerCase("adamax", Adamax()),
        OptimizerCase(
            "adamax decay", Adamax(learningRate: 0.02, beta1: 0.8, beta2: 0.9, epsilon: 1e-6, weightDecay: 0.05)),
        OptimizerCase("nadam", NAdam()),
        OptimizerCase("nadam decay", NAdam(learningRate: 0.02, weightDecay: 0.05, momentumDecay: 0.01)),
        OptimizerCase("nadam decoupled", NAdam(learningRate: 0.02, weightDecay: 0.05, decoupled: true)),
        OptimizerCase("radam", RAdam()),
        OptimizerCase("radam decay", RAdam(learningRate: 0.02, beta1: 0.8, beta2: 0.95, weightDecay: 0.05)),
        OptimizerCase("radam decoupled", RAdam(learningRate: 0.02, weightDecay: 0.05, decoupled: true)),
        OptimizerCase("rmsprop", RMSprop()),
        OptimizerCase(
            "rmsprop momentum", RMSprop(learningRate: 0.02, smoothing: 0.9, weightDecay: 0.05, momentum: 0.9)),
        OptimizerCase("rmsprop centered", RMSprop(learningRate: 0.02, centered: true)),
        OptimizerCase(
            "rmsprop centered momentum", RMSprop(learningRate: 0.02, smoothing: 0.9, momentum: 0.5, centered: true)),
        OptimizerCase("adagrad", Adagrad()),
        OptimizerCase(
            "adagrad decay",
            Adagrad(
                learningRate: 0.1, learningRateDecay: 0.01, weightDecay: 0.05, initialAccumulator: 0.1, epsilon: 1e-8)),
        OptimizerCase("adadelta", Adadelta()),
        OptimizerCase("adadelta decay", Adadelta(learningRate: 0.5, smoothing: 0.95, epsilon: 1e-5, weightDecay: 0.05)),
    ]

    private static let wholeTensors = [
        OptimizerCase("adafactor", Adafactor()),
        OptimizerCase(
            "adafactor decay",
            Adafactor(
                learningRate: 0.3, betaDecay: -0.6, epsilon: 1e-4, minimumScale: 0.1, clipThreshold: 1.5,
                weightDecay: 0.05)),
        OptimizerCase("lamb", LAMB(learningRate: 0.02)),
        OptimizerCase("lamb decay", LAMB(learningRate: 0.02, weightDecay: 0.05)),
        OptimizerCase("lookahead", Lookahead(Adam(learningRate: 0.05), interval: 6, pace: 0.7)),
        OptimizerCase("muon", Muon(), shapes: [[3, 4], [4, 3]]),
        OptimizerCase(
            "muon match",
            Muon(
                learningRate: 0.02, momentum: 0.8, nesterov: false, weightDecay: 0.05,
                iteration: NewtonSchulz(steps: 3), scale: .matchAdamW), shapes: [[3, 4], [4, 3]]),
        OptimizerCase("muon spectral", Muon(learningRate: 0.02, scale: .spectral), shapes: [[3, 4], [4, 3]]),
    ]
}
