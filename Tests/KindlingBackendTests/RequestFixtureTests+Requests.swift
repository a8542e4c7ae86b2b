// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension RequestFixtureTests {
    /// The requests that the fixtures' names stand for, with the numbers of `make_fixtures.py`.
    static let requests: [String: KernelRequest] = {
        var requests: [String: KernelRequest] = [
            "reduce.sum.5": .reduce(Reduction(.sum, axes: 5)),
            "reduce.product.5": .reduce(Reduction(.product, axes: 5)),
            "reduce.minimum.5": .reduce(Reduction(.minimum, axes: 5)),
            "reduce.maximum.5": .reduce(Reduction(.maximum, axes: 5)),
            "reduce.argumentOfMinimum.5": .reduce(Reduction(.argumentOfMinimum, axes: 5)),
            "reduce.argumentOfMaximum.5": .reduce(Reduction(.argumentOfMaximum, axes: 5)),
            "matmul": .matmul(Matmul(bias: true, activation: .relu)),
            "softmax.forward": .softmax(SoftmaxRequest(logarithm: false, backward: false)),
            "softmax.backward": .softmax(SoftmaxRequest(logarithm: false, backward: true)),
            "logSoftmax.forward": .softmax(SoftmaxRequest(logarithm: true, backward: false)),
            "logSoftmax.backward": .softmax(SoftmaxRequest(logarithm: true, backward: true)),
            "crossEntropy.forward": .crossEntropy(CrossEntropyRequest(smoothing: 0.1, ignoredClass: 2, weighted: true)),
            "crossEntropy.backward": .crossEntropy(
                CrossEntropyRequest(smoothing: 0.1, ignoredClass: 2, weighted: true, backward: true)),
            "gather": .gather,
            "scatterAdd": .scatterAdd,
            "random.uniform.float32": draw(.uniform(low: 0, high: 1)),
            "random.uniform.float64": draw(.uniform(low: 0, high: 1)),
            "random.normal.float64": draw(.normal(mean: 1, standardDeviation: 2)),
            "random.bernoulli.bool": draw(.bernoulli(probability: 0.3)),
            "copy.float16": .copy,
            "copy.bfloat16": .copy,
            "copy.int32": .copy,
            "copy.bool": .copy,
            "optimizerStep.sgd": step(sgd(dampening: 0, nesterov: true, weightDecay: 0.05), slots: 1),
            "optimizerStep.sgdDampened": step(sgd(dampening: 0.3, nesterov: false, weightDecay: 0), slots: 1),
            "optimizerStep.adam": step(adam(decoupled: false), slots: 2),
            "optimizerStep.adamW": step(adam(decoupled: true), slots: 2),
        ]
        for (name, window, groups) in convolutions {
            for direction in [ConvolutionRequest.Direction.forward, .inputGradient, .weightGradient] {
                requests["convolution.\(name).\(direction)"] = .convolution(
                    ConvolutionRequest(direction, window: window, groups: groups, bias: direction != .inputGradient))
            }
        }
        for function in [Pooling.Function.maximum, .average, .averageInside] {
            requests["pooling.\(function).forward"] = .pooling(Pooling(function, window: pool, backward: false))
            requests["pooling.\(function).backward"] = .pooling(Pooling(function, window: pool, backward: true))
        }
        requests["pooling.maximum.ties"] = .pooling(Pooling(.maximum, window: pool, backward: false))
        return requests
    }()

    private static let convolutions: [(String, WindowGeometry, Int)] = [
        (
            "1-D",
            WindowGeometry(
                rank: 1, size: [3, 1, 1, 1], stride: [2, 1, 1, 1], dilation: [2, 1, 1, 1],
                paddingBefore: [1, 0, 0, 0], paddingAfter: [2, 0, 0, 0]), 1
        ),
        (
            "2-D",
            WindowGeometry(
                rank: 2, size: [3, 2, 1, 1], stride: [2, 1, 1, 1], dilation: [1, 2, 1, 1],
                paddingBefore: [1, 0, 0, 0], paddingAfter: [0, 2, 0, 0]), 2
        ),
        (
            "3-D",
            WindowGeometry(
                rank: 3, size: [2, 2, 2, 1], stride: [1, 2, 1, 1], dilation: [1, 1, 1, 1],
                paddingBefore: [1, 0, 1, 0], paddingAfter: [0, 1, 0, 0]), 1
        ),
    ]

    private static let pool = WindowGeometry(
        rank: 2, size: [3, 2, 1, 1], stride: [2, 2, 1, 1], dilation: [1, 1, 1, 1], paddingBefore: [1, 0, 0, 0],
        paddingAfter: [1, 0, 0, 0])

    private static func draw(_ distribution: RandomFill.Distribution) -> KernelRequest {
        .random(RandomFill(distribution, key: 0x0123_4567_89AB_CDEF, stream: 0xFEDC_BA98_7654_3210))
    }

    private static func step(_ rule: OptimizerStep.Rule, slots: Int) -> KernelRequest {
        .optimizerStep(OptimizerStep(rule, count: 1, slots: slots))
    }

    private static func sgd(dampening: Double, nesterov: Bool, weightDecay: Double) -> OptimizerStep.Rule {
        .sgd(
            learningRate: 0.1, momentum: 0.9, dampening: dampening, nesterov: nesterov, weightDecay: weightDecay,
            firstStep: false)
    }

    private static func adam(decoupled: Bool) -> OptimizerStep.Rule {
        .adam(
            learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.1, decoupled: decoupled,
            correction1: 1 - 0.9 * 0.9, correction2: 1 - 0.999 * 0.999)
    }
}
