// SPDX-License-Identifier: Apache-2.0
internal import CKernels
internal import KindlingBackend

extension OptimizerStep.Rule {
    /// The numbers that the rule's loop reads: what can be computed once for all elements is.
    var kernelRule: kd_rule {
        var rule = kd_rule()
        switch self {
        case .sgd(let learningRate, let momentum, let dampening, let nesterov, let weightDecay, let firstStep):
            rule = kd_rule(kd_sgd, rate: learningRate, weightDecay: weightDecay)
            rule.momentum = momentum
            rule.dampening = dampening
            rule.nesterov = nesterov
            rule.first = firstStep
        case .adam(
            let learningRate, let beta1, let beta2, let epsilon, let weightDecay, let decoupled, let correction1,
            let correction2, let amsgrad):
            rule = kd_rule(kd_adam, rate: learningRate, weightDecay: weightDecay, decoupled: decoupled)
            rule.rate = learningRate / correction1
            rule.setMoments(beta1, beta2, epsilon)
            rule.correction = 1 / correction2.squareRoot()
            rule.amsgrad = amsgrad
        case .adamax(let learningRate, let beta1, let beta2, let epsilon, let weightDecay, let correction1):
            rule = kd_rule(kd_adamax, rate: learningRate, weightDecay: weightDecay)
            rule.rate = learningRate / correction1
            rule.setMoments(beta1, beta2, epsilon)
        case .nadam(
            let learningRate, let beta1, let beta2, let epsilon, let weightDecay, let decoupled, let gradientShare,
            let momentumShare, let correction2):
            rule = kd_rule(kd_nadam, rate: learningRate, weightDecay: weightDecay, decoupled: decoupled)
            rule.setMoments(beta1, beta2, epsilon)
            rule.correction = 1 / correction2.squareRoot()
            rule.gradient_share = gradientShare
            rule.momentum_share = momentumShare
        case .radam(
            let learningRate, let beta1, let beta2, let epsilon, let weightDecay, let decoupled, let correction1,
            let correction2, let rectification):
            rule = kd_rule(kd_radam, rate: learningRate, weightDecay: weightDecay, decoupled: decoupled)
            rule.rate = learningRate / correction1
            rule.setMoments(beta1, beta2, epsilon)
            rule.correction = rectification * correction2.squareRoot()
            rule.adaptive = rectification > 0
        case .rmsProp(let learningRate, let smoothing, let epsilon, let weightDecay, let momentum, let centered):
            rule = kd_rule(kd_rmsprop, rate: learningRate, weightDecay: weightDecay)
            rule.setMoments(0, smoothing, epsilon)
            rule.momentum = momentum
            rule.centered = centered
        case .adagrad(let learningRate, let epsilon, let weightDecay):
            rule = kd_rule(kd_adagrad, rate: learningRate, weightDecay: weightDecay)
            rule.epsilon = epsilon
        case .adadelta(let learningRate, let smoothing, let epsilon, let weightDecay):
            rule = kd_rule(kd_adadelta, rate: learningRate, weightDecay: weightDecay)
            rule.setMoments(0, smoothing, epsilon)
        case .lion(let learningRate, let beta1, let beta2, let weightDecay):
            rule = kd_rule(kd_lion, rate: learningRate, weightDecay: weightDecay, decoupled: true)
            rule.setMoments(beta1, beta2, 0)
        case .lamb(
            let learningRate, let beta1, let beta2, let epsilon, let weightDecay, let correction1, let correction2):
            rule = kd_rule(kd_lamb, rate: learningRate, weightDecay: weightDecay)
            rule.setMoments(beta1, beta2, epsilon)
            rule.momentum_share = 1 / correction1
            rule.correction = 1 / correction2.squareRoot()
        case .adafactor(let rate, let pace, let epsilon, let minimumScale, let clipThreshold, let decay):
            rule = kd_rule(kd_adafactor, rate: rate, weightDecay: 0)
            rule.keep = 1 - decay
            rule.pace = pace
            rule.epsilon = epsilon ?? -1
            rule.least_size = minimumScale
            rule.clip = clipThreshold
        case .program: internalFault("a program has no loop of its own")
        }
        return rule
    }
}

extension kd_rule {
    fileprivate init(_ kind: kd_rule_kind, rate: Double, weightDecay: Double, decoupled: Bool = false) {
        self.init()
        self.kind = kind
        self.rate = rate
        decay = decoupled ? 0 : weightDecay
        keep = decoupled ? 1 - rate * weightDecay : 1
    }

    fileprivate mutating func setMoments(_ beta1: Double, _ beta2: Double, _ epsilon: Double) {
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
    }
}
