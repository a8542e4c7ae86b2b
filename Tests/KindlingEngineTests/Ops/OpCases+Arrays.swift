// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension OpCase {
    static let reductions: [OpCase] =
        [false, true].flatMap { keep -> [OpCase] in
            let tag = keep ? " kept" : ""
            return [
                .of("sum all\(tag)") { $0.sum(keepDims: keep) }, .of("sum 0\(tag)") { $0.sum(over: 0, keepDims: keep) },
                .of("sum 1\(tag)") { $0.sum(over: 1, keepDims: keep) },
                .of("sum -1\(tag)") { $0.sum(over: -1, keepDims: keep) },
                .of("sum 0 2\(tag)") { $0.sum(over: 0, 2, keepDims: keep) },
                .of("mean all\(tag)") { $0.mean(keepDims: keep) },
                .of("mean 0\(tag)") { $0.mean(over: 0, keepDims: keep) },
                .of("mean 1\(tag)") { $0.mean(over: 1, keepDims: keep) },
                .of("mean -1\(tag)") { $0.mean(over: -1, keepDims: keep) },
                .of("mean 0 2\(tag)") { $0.mean(over: 2, 0, keepDims: keep) },
                .of("max all\(tag)") { $0.max(keepDims: keep) }, .of("max 0\(tag)") { $0.max(over: 0, keepDims: keep) },
                .of("max 1\(tag)") { $0.max(over: 1, keepDims: keep) },
                .of("max -1\(tag)") { $0.max(over: -1, keepDims: keep) },
                .of("max 0 2\(tag)") { $0.max(over: 0, 2, keepDims: keep) },
                .of("min all\(tag)") { $0.min(keepDims: keep) }, .of("min 0\(tag)") { $0.min(over: 0, keepDims: keep) },
                .of("min 1\(tag)") { $0.min(over: 1, keepDims: keep) },
                .of("min -1\(tag)") { $0.min(over: -1, keepDims: keep) },
                .of("min 0 2\(tag)") { $0.min(over: 0, 2, keepDims: keep) },
            ]
        } + [
            .of("max of equals", .kinked) { $0.max(over: 1) }, .of("variance") { $0.variance() },
            .of("variance 1 kept") { $0.variance(over: 1, keepDims: true) },
            .of("variance of a population") { $0.variance(over: 0, 2, correction: 0) },
            .of("sum of a scalar") { $0.sum() }, .of("sum over nothing") { $0.sum(over: 0) },
            .of("sum of integers", .none) { $0.sum(over: 0) }, .of("sum of truths", .none) { $0.sum(over: 0) },
            .of("argmax", .none) { $0.argmax(over: 1) },
            .of("argmax kept", .none) { $0.argmax(over: 0, keepDims: true) },
            .of("argmin", .none) { $0.argmin(over: -1) },
        ]

    static let shapes: [OpCase] = [
        .of("reshaped") { $0.reshaped(to: [4, -1]) },
        .of("reshaped after a transpose") { $0.transposed(0, 2).reshaped(to: [6, 4]) },
        .of("flattened") { $0.flattened(from: 1) }, .of("insertingAxis") { $0.insertingAxis(at: 1) },
        .of("insertingAxis last") { $0.insertingAxis(at: -1) }, .of("permuted") { $0.permuted(2, 0, 1) },
        .of("transposed") { $0.transposed() }, .of("transposed 0 2") { $0.transposed(0, 2) },
        .of("sliced") { $0.sliced(1..<3) }, .of("sliced last") { $0.sliced(1..<3, along: -1) },
        .of("sliced to nothing") { $0.sliced(2..<2) },
        .of("slice of a transpose") { $0.transposed(0, 2).sliced(1..<3) * 2 },
        .of("expanded") { $0.expanded(to: [2, 3, 2]) }, OpCase("concatenated") { .concatenated($0) },
        OpCase("concatenated -1") { .concatenated($0, along: -1) },
        OpCase("concatenated transposed") { .concatenated([$0[0].transposed(), $0[1]], along: 1) },
        OpCase("stacked") { .stacked($0, along: 1) },
    ]

    static let products: [OpCase] =
        [
            "[3] [3]", "[3] [3, 2]", "[2, 3] [3]", "[2, 3] [3, 2]", "[2, 2, 3] [3, 2]", "[2, 3] [2, 3, 2]",
            "[2, 2, 3] [2, 3, 1]", "[2, 1, 2, 3] [2, 3, 2]", "[3] [2, 3, 2]", "[2, 2, 3] [3]", "[2, 1, 2, 2] [2]",
            "[2, 0] [0, 3]", "[2, 2, 0] [0, 3]", "[0, 2] [2, 3]",
        ].map { sizes in OpCase("matmul \(sizes)") { $0[0].matmul($0[1]) } } + [
            OpCase("matmul of transposes") { $0[0].transposed().matmul($0[1].transposed()) },
            OpCase("matmul of slices") {
                $0[0].sliced(1..<3, along: 1).matmul($0[1].sliced(1..<3).sliced(0..<2, along: 1))
            },
            OpCase("linear") { $0[0].linear(weight: $0[1], bias: $0[2]) },
            OpCase("linear without bias") { $0[0].linear(weight: $0[1], bias: nil) },
            OpCase("linear of a vector") { $0[0].linear(weight: $0[1], bias: $0[2]) },
            OpCase("linear of rank 3") { $0[0].linear(weight: $0[1], bias: $0[2]) },
        ]

    static let pictures: [OpCase] = [
        OpCase("convolution 1-D") { $0[0].convolved(weight: $0[1], bias: $0[2], padding: [1]) },
        OpCase("convolution 1-D strided, dilated") {
            $0[0].convolved(weight: $0[1], stride: [2], padding: [2], dilation: [2])
        },
        OpCase("convolution 2-D") { $0[0].convolved(weight: $0[1], bias: $0[2]) },
        OpCase("convolution 2-D strided, padded, dilated") {
            $0[0].convolved(weight: $0[1], bias: $0[2], stride: [2, 1], padding: [1, 2], dilation: [1, 2])
        },
        OpCase("convolution 2-D in groups") { $0[0].convolved(weight: $0[1], bias: $0[2], padding: [1], groups: 2) },
        OpCase("convolution 2-D depthwise") { $0[0].convolved(weight: $0[1], groups: 3) },
        OpCase("convolution 3-D") {
            $0[0].convolved(weight: $0[1], bias: $0[2], stride: [1, 2, 1], padding: [1, 0, 0])
        },
        .of("maxPool 1-D") { $0.maxPooled(size: [2]) },
        .of("maxPool 2-D") { $0.maxPooled(size: [3, 2], stride: [2, 1], padding: [1, 0]) },
        .of("maxPool 2-D dilated") { $0.maxPooled(size: [2], stride: [1], dilation: [2]) },
        .of("maxPool 3-D") { $0.maxPooled(size: [2]) },
        .of("averagePool 1-D") { $0.averagePooled(size: [3], stride: [1], padding: [1]) },
        .of("averagePool 2-D") { $0.averagePooled(size: [2]) },
        .of("averagePool 2-D inside") {
            $0.averagePooled(size: [3], stride: [2], padding: [1], countingPadding: false)
        },
        .of("averagePool 3-D") { $0.averagePooled(size: [2]) },
    ]

    private static func classWeights(_ dtype: DType) -> Tensor { Tensor([0.5, 1.5, 2], dtype: dtype) }

    static let rows: [OpCase] =
        [0, 1, -1].flatMap { axis in
            [
                OpCase.of("softmax \(axis)") { $0.softmax(over: axis) },
                OpCase.of("logSoftmax \(axis)") { $0.logSoftmax(over: axis) },
            ]
        } + [
            .of("softmax of large numbers", .kinked) { ($0 * 500.0).softmax() },
            OpCase("crossEntropy") { $0[0].crossEntropyRows($0[1]) },
            OpCase("crossEntropy smoothed") { $0[0].crossEntropyRows($0[1], smoothing: 0.1) },
            OpCase("crossEntropy weighted") { $0[0].crossEntropyRows($0[1], weights: classWeights($0[0].dtype)) },
            OpCase("crossEntropy ignoring") { $0[0].crossEntropyRows($0[1], ignoring: 0) },
            OpCase("crossEntropy with all") {
                $0[0].crossEntropyRows($0[1], weights: classWeights($0[0].dtype), smoothing: 0.3, ignoring: 1)
            },
            OpCase("gathered") { $0[0].gathered(at: $0[1]) },
            OpCase("gathered by a matrix") { $0[0].gathered(at: $0[1]) },
            OpCase("gathered by nothing") { $0[0].gathered(at: $0[1]) },
            .of("oneHot", .none) { $0.oneHot(classes: 3) },
        ]
}
