// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension BackendLaws {
    /// Every rule and its variants, over several tensors, with results in new memory and over the old.
    static let optimizerCases: [BackendCase] =
        sgdRules.map { name, rule, slots in
            BackendCase("optimizerStep SGD \(name)") { steps(rule, Array([signed].prefix(slots))) }
        }
        + adamRules.map { name, rule in
            BackendCase("optimizerStep Adam \(name)") { steps(rule, [signed, positive]) }
        }
        + otherRules.map { name, rule, slots in BackendCase("optimizerStep \(name)") { steps(rule, slots) } }
        + [BackendCase("optimizerStep program") { steps(.program(lion), [signed]) }]
        + wholeTensorCases

    private static let sgdRules: [(String, OptimizerStep.Rule, Int)] = [
        ("plain", sgd(), 0), ("with weight decay", sgd(weightDecay: 0.1), 0),
        ("with momentum, first step", sgd(momentum: 0.9, first: true), 1), ("with momentum", sgd(momentum: 0.9), 1),
        ("with dampening", sgd(momentum: 0.9, dampening: 0.3), 1),
        ("with dampening, first step", sgd(momentum: 0.9, dampening: 0.3, first: true), 1),
        ("with Nesterov's momentum", sgd(momentum: 0.8, nesterov: true), 1),
        ("with all of it", sgd(momentum: 0.8, nesterov: true, weightDecay: 0.1), 1),
    ]

    private static let adamRules: [(String, OptimizerStep.Rule)] = [
        ("plain", adam(weightDecay: 0, decoupled: false)),
        ("with weight decay", adam(weightDecay: 0.1, decoupled: false)),
        ("with decoupled weight decay", adam(weightDecay: 0.1, decoupled: true)),
    ]

    /// What a state tensor can hold: a direction, or a mean of squares.
    static let signed = -1.0...1.0, positive = 0.01...1.0

    private static let otherRules: [(String, OptimizerStep.Rule, [ClosedRange<Double>])] = [
        (
            "Adam with the largest moment", adam(weightDecay: 0.1, decoupled: false, amsgrad: true),
            [signed, positive, positive]
        ),
        (
            "Adamax",
            .adamax(
                learningRate: 0.01, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.1, correction1: 0.271),
            [signed, positive]
        ),
        ("NAdam", nadam(decoupled: false), [signed, positive]),
        ("NAdam with decoupled weight decay", nadam(decoupled: true), [signed, positive]),
        ("RAdam", radam(rectification: 0.3, decoupled: false), [signed, positive]),
        ("RAdam with decoupled weight decay", radam(rectification: 0.3, decoupled: true), [signed, positive]),
        ("RAdam at first", radam(rectification: 0, decoupled: false), [signed, positive]),
        ("RMSprop", rmsProp(momentum: 0, centered: false), [positive]),
        ("RMSprop with momentum", rmsProp(momentum: 0.9, centered: false), [positive, signed]),
        ("RMSprop centered", rmsProp(momentum: 0, centered: true), [1...2, -0.5...0.5]),
        ("RMSprop centered with momentum", rmsProp(momentum: 0.9, centered: true), [1...2, -0.5...0.5, signed]),
        ("Adagrad", .adagrad(learningRate: 0.1, epsilon: 1e-10, weightDecay: 0.1), [positive]),
        (
            "Adadelta", .adadelta(learningRate: 1, smoothing: 0.9, epsilon: 1e-6, weightDecay: 0.1),
            [positive, positive]
        ),
        ("Lion", .lion(learningRate: 0.01, beta1: 0.9, beta2: 0.99, weightDecay: 0.1), [signed]),
    ]

    private static func sgd(
        momentum: Double = 0, dampening: Double = 0, nesterov: Bool = false, weightDecay: Double = 0,
        first: Bool = false
    ) -> OptimizerStep.Rule {
        .sgd(
            learningRate: 0.1, momentum: momentum, dampening: dampening, nesterov: nesterov, weightDecay: weightDecay,
            firstStep: first)
    }

    private static func adam(weightDecay: Double, decoupled: Bool, amsgrad: Bool = false) -> OptimizerStep.Rule {
        .adam(
            learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: weightDecay,
            decoupled: decoupled, correction1: 0.271, correction2: 0.002997001, amsgrad: amsgrad)
    }

    private static func nadam(decoupled: Bool) -> OptimizerStep.Rule {
        .nadam(
            learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.1, decoupled: decoupled,
            gradientShare: 0.6, momentumShare: 1.3, correction2: 0.002997001)
    }

    private static func radam(rectification: Double, decoupled: Bool) -> OptimizerStep.Rule {
        .radam(
            learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.1, decoupled: decoupled,
            correction1: 0.271, correction2: 0.002997001, rectification: rectification)
    }

    private static func rmsProp(momentum: Double, centered: Bool) -> OptimizerStep.Rule {
        .rmsProp(
            learningRate: 0.01, smoothing: 0.9, epsilon: 1e-8, weightDecay: 0.1, momentum: momentum, centered: centered)
    }

    /// p − 0.01 · sign(0.9 m + 0.1 g), 0.99 m + 0.01 g (Chen and others, 2023).
    private static var lion: ScalarProgram {
        var program = ScalarProgram(inputs: 3, constants: [0.9, 0.1, 0.99, 0.01])
        func mixed(_ old: Int, _ new: Int) -> UInt8 {
            let fresh = program.append(.multiply, 1, program.constant(new))
            return program.append(.multiplyAdd, 2, program.constant(old), fresh)
        }
        let direction = program.append(.sign, mixed(0, 1))
        let step = program.append(.multiply, direction, program.constant(3))
        program.outputs = [program.append(.subtract, 0, step), mixed(2, 3)]
        return program
    }

    static func steps(_ rule: OptimizerStep.Rule, _ slots: [ClosedRange<Double>]) -> [BackendCall] {
        let types: [(DType, DType)] = [
            (.float32, .float32), (.float64, .float64), (.float32, .float16), (.float32, .bfloat16),
        ]
        return types.flatMap { parameter, gradient in
            [true, false].flatMap { overwriting in
                [1, 0.125].map { scale in
                    step(rule, slots, parameter, gradient, overwriting: overwriting, scale: scale)
                }
            }
        }
    }

    private static func step(
        _ rule: OptimizerStep.Rule, _ slots: [ClosedRange<Double>], _ dtype: DType, _ gradient: DType,
        overwriting: Bool, scale: Double
    ) -> BackendCall {
        let isFactored = rule.isFactored && slots.count == 2
        let shapes: [Shape] =
            isFactored
            ? [[13, 5], [0, 3], [4, 0], [3, 3, 2], [1, 700], [130, 1030], [1100, 33]]
            : [[13, 5], [], [0], [300], [3, 3, 2]] + (rule.sumsWholeTensors ? [[17000]] : [])
        var inputs: [TensorSample] = []
        var outputs: [TensorSample] = []
        for (number, shape) in shapes.enumerated() {
            let seed = UInt64(number) * 8
            let first = inputs.count
            inputs.append(.input(dtype, shape, .rowMajor, .uniform(-1, 1, seed: seed)))
            inputs.append(.input(gradient, shape, .rowMajor, .uniform(-1, 1, seed: seed + 1)))
            for (slot, range) in slots.enumerated() {
                let numbers = SampleValues.uniform(
                    range.lowerBound, range.upperBound, seed: seed + 2 + UInt64(slot))
                inputs.append(.input(dtype, isFactored ? shape.meaned(slot) : shape, .rowMajor, numbers))
            }
            let parameter = TensorSample.output(dtype, shape)
            outputs.append(overwriting ? parameter.overwritten(input: first) : parameter)
            for slot in slots.indices {
                let output = TensorSample.output(dtype, isFactored ? shape.meaned(slot) : shape)
                outputs.append(overwriting ? output.overwritten(input: first + 2 + slot) : output)
            }
        }
        return BackendCall(
            .optimizerStep(OptimizerStep(rule, count: shapes.count, slots: slots.count, gradientScale: scale)), inputs,
            to: outputs, within: Tolerance(ulps: 4, units: 8))
    }
}
