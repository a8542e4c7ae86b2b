// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// The rules that ``OptimizerStep`` names, written as programs.
///
/// A rule's numbers are constants, and the steps depend on its flags alone, so that each rule is compiled once.
enum OptimizerProgram {
    /// The program whose second input is the gradient before scaling.
    static func of(_ step: OptimizerStep) -> ScalarProgram {
        if case .program(let rule) = step.rule { return scalingGradient(of: rule, by: step.gradientScale) }
        var draft = OptimizerDraft(step)
        switch step.rule {
        case .sgd(let learningRate, let momentum, let dampening, let nesterov, let weightDecay, let firstStep):
            draft.decay(weightDecay, learningRate)
            draft.move(
                learningRate, sgd(&draft, momentum, dampening: dampening, nesterov: nesterov, firstStep: firstStep))
        case .adam(
            let learningRate, let beta1, let beta2, let epsilon, let weightDecay, let decoupled, let correction1,
            let correction2, let amsgrad):
            draft.decay(weightDecay, learningRate, decoupled: decoupled)
            let (m, v) = (draft.follow(0, beta1), draft.followSquare(1, beta2))
            var largest = v
            if amsgrad {
                largest = draft(.maximum, v, draft.slot(2))
                draft.store(largest, in: 2)
            }
            draft.move(
                learningRate / correction1, draft(.divide, m, draft.divisor(largest, 1 / correction2, epsilon)))
        case .adamax(let learningRate, let beta1, let beta2, let epsilon, let weightDecay, let correction1):
            draft.decay(weightDecay, learningRate)
            let m = draft.follow(0, beta1)
            let size = draft(.add, draft(.absolute, draft.gradient), draft.constant(epsilon))
            let largest = draft(.maximum, size, draft(.multiply, draft.slot(1), draft.constant(beta2)))
            draft.store(largest, in: 1)
            draft.move(learningRate / correction1, draft(.divide, m, largest))
        case .nadam(
            let learningRate, let beta1, let beta2, let epsilon, let weightDecay, let decoupled, let gradientShare,
            let momentumShare, let correction2):
            draft.decay(weightDecay, learningRate, decoupled: decoupled)
            let (m, v) = (draft.follow(0, beta1), draft.followSquare(1, beta2))
            let share = draft(.multiply, draft.gradient, draft.constant(gradientShare))
            let direction = draft(.multiplyAdd, m, draft.constant(momentumShare), share)
            draft.move(learningRate, draft(.divide, direction, draft.divisor(v, 1 / correction2, epsilon)))
        case .radam(
            let learningRate, let beta1, let beta2, let epsilon, let weightDecay, let decoupled, let correction1,
            let correction2, let rectification):
            draft.decay(weightDecay, learningRate, decoupled: decoupled)
            let (m, v) = (draft.follow(0, beta1), draft.followSquare(1, beta2))
            let scaled = draft(.multiply, m, draft.constant(rectification * correction2.squareRoot()))
            let adaptive = draft(.divide, scaled, draft.divisor(v, nil, epsilon))
            draft.move(learningRate / correction1, rectification > 0 ? adaptive : m)
        case .rmsProp(let learningRate, let smoothing, let epsilon, let weightDecay, let momentum, let centered):
            draft.decay(weightDecay, learningRate)
            draft.move(learningRate, rmsProp(&draft, smoothing, epsilon, momentum: momentum, centered: centered))
        case .adagrad(let learningRate, let epsilon, let weightDecay):
            draft.decay(weightDecay, learningRate)
            let sum = draft(.multiplyAdd, draft.gradient, draft.gradient, draft.slot(0))
            draft.store(sum, in: 0)
            draft.move(learningRate, draft(.divide, draft.gradient, draft.divisor(sum, nil, epsilon)))
        case .adadelta(let learningRate, let smoothing, let epsilon, let weightDecay):
            draft.decay(weightDecay, learningRate)
            let v = draft.followSquare(0, smoothing)
            let epsilon = draft.constant(epsilon)
            let (above, below) = (draft(.add, draft.slot(1), epsilon), draft(.add, v, epsilon))
            let ratio = draft(.divide, draft(.squareRoot, above), draft(.squareRoot, below))
            let change = draft(.multiply, ratio, draft.gradient)
            draft.follow(1, smoothing, draft(.square, change))
            draft.move(learningRate, change)
        case .lion(let learningRate, let beta1, let beta2, let weightDecay):
            draft.decay(weightDecay, learningRate, decoupled: true)
            let mixed = draft.mixed(draft.slot(0), beta1, draft.gradient)
            draft.follow(0, beta2)
            draft.move(learningRate, draft(.sign, mixed))
        case .lamb, .adafactor: internalFault("a rule that knows sums of whole tensors is not one program")
        case .program: internalFault("a program is not drafted")
        }
        return draft.finished
    }

    private static func sgd(
        _ draft: inout OptimizerDraft, _ momentum: Double, dampening: Double, nesterov: Bool, firstStep: Bool
    ) -> OptimizerDraft.Value {
        let gradient = draft.gradient
        if momentum == 0 { return gradient }
        var buffer = gradient
        if !firstStep {
            let kept = draft(.multiply, draft.slot(0), draft.constant(momentum))
            buffer = draft(.multiplyAdd, draft.constant(1 - dampening), gradient, kept)
        }
        draft.store(buffer, in: 0)
        return nesterov ? draft(.multiplyAdd, draft.constant(momentum), buffer, gradient) : buffer
    }

    private static func rmsProp(
        _ draft: inout OptimizerDraft, _ smoothing: Double, _ epsilon: Double, momentum: Double, centered: Bool
    ) -> OptimizerDraft.Value {
        var second = draft.followSquare(0, smoothing)
        if centered {
            let mean = draft.follow(1, smoothing)
            second = draft(.maximum, draft(.subtract, second, draft(.square, mean)), draft.constant(0))
        }
        let direction = draft(.divide, draft.gradient, draft.divisor(second, nil, epsilon))
        if momentum == 0 { return direction }
        let place = centered ? 2 : 1
        let buffer = draft(.multiplyAdd, draft.slot(place), draft.constant(momentum), direction)
        draft.store(buffer, in: place)
        return buffer
    }

    /// The same program, with its second input multiplied first.
    static func scalingGradient(of rule: ScalarProgram, by scale: Double) -> ScalarProgram {
        guard scale != 1 else { return rule }
        var program = ScalarProgram(inputs: rule.inputCount, constants: rule.constants + [scale])
        let firstResult = rule.inputCount + rule.constants.count
        let gradient = program.append(.multiply, 1, program.constant(rule.constants.count))
        /// Where a register of the rule is now: one constant and one result come before the rule's own results.
        func moved(_ register: UInt8) -> UInt8 {
            register == 1 ? gradient : Int(register) < firstResult ? register : register + 2
        }
        for step in rule.instructions {
            program.append(step.function, moved(step.a), moved(step.b), moved(step.c))
        }
        program.outputs = rule.outputs.map(moved)
        return program
    }
}
