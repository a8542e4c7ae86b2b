// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingCPU
import Testing

/// A convolution, and what PyTorch computes for it and its gradients.
struct ConvolutionCase: Sendable, CustomTestStringConvertible {
    let x: [Int], weight: [Int], y: [Int]
    let stride: [Int], dilation: [Int], before: [Int], after: [Int], groups: Int
    let forward: [Double], inputGradient: [Double], weightGradient: [Double], biasGradient: [Double]

    var testDescription: String { "\(x) * \(weight), stride \(stride), dilation \(dilation), groups \(groups)" }

    var window: WindowGeometry { windows(Array(weight[2...]), stride, dilation, before, after) }

    func request(_ direction: ConvolutionRequest.Direction, bias: Bool) -> KernelRequest {
        .convolution(ConvolutionRequest(direction, window: window, groups: groups, bias: bias))
    }
}

@Suite struct ConvolutionTests {
    static let types: [DType] = [.float32, .float64, .float16, .bfloat16]
    let backend = CPUBackend.shared

    func picture(_ shape: [Int], seed: Int, _ dtype: DType, _ order: PictureOrder) throws -> Sample {
        try Sample(shape, ramp(shape, seed: seed), dtype, order.strides(shape))
    }

    @Test(arguments: ConvolutionCase.all, types)
    func forwardIsWhatPyTorchComputes(_ test: ConvolutionCase, _ dtype: DType) throws {
        let orders: [(PictureOrder, PictureOrder)] = [
            (.rowMajor, .rowMajor), (.channelsLast, .channelsLast), (.rowMajor, .channelsLast),
        ]
        for (input, output) in orders {
            let y = try Sample(test.y, dtype, output.strides(test.y))
            let inputs = [
                try picture(test.x, seed: 1, dtype, input), try Sample(test.weight, ramp(test.weight, seed: 2), dtype),
                try Sample([test.y[1]], ramp([test.y[1]], seed: 3), dtype),
            ]
            try backend.run(test.request(.forward, bias: true), inputs, [y])
            #expect(try y.numbers() == rounded(test.forward, to: dtype), "\(input) → \(output)")
        }
    }

    @Test(arguments: ConvolutionCase.all, types)
    func inputGradientIsWhatPyTorchComputes(_ test: ConvolutionCase, _ dtype: DType) throws {
        for order in PictureOrder.allCases {
            let x = try Sample(test.x, dtype, order.strides(test.x))
            let inputs = [
                try picture(test.y, seed: 4, dtype, order), try Sample(test.weight, ramp(test.weight, seed: 2), dtype),
            ]
            try backend.run(test.request(.inputGradient, bias: false), inputs, [x])
            #expect(try x.numbers() == rounded(test.inputGradient, to: dtype), "\(order)")
        }
    }

    @Test(arguments: ConvolutionCase.all, types)
    func weightGradientIsWhatPyTorchComputes(_ test: ConvolutionCase, _ dtype: DType) throws {
        for order in PictureOrder.allCases {
            let weight = try Sample(test.weight, dtype), bias = try Sample([test.y[1]], dtype)
            let inputs = [try picture(test.x, seed: 1, dtype, order), try picture(test.y, seed: 4, dtype, order)]
            try backend.run(test.request(.weightGradient, bias: true), inputs, [weight, bias])
            #expect(try weight.numbers() == rounded(test.weightGradient, to: dtype), "\(order)")
            #expect(try bias.numbers() == rounded(test.biasGradient, to: dtype), "\(order)")
            let alone = try Sample(test.weight, dtype)
            try backend.run(test.request(.weightGradient, bias: false), inputs, [alone])
            #expect(try alone.numbers() == weight.numbers(), "\(order)")
        }
    }

    /// Sizes that the library's fast kernels take, exact because numbers are quarters.
    @Test(arguments: [(1, 32, 28), (32, 64, 14), (64, 64, 16), (3, 16, 32)])
    func largeConvolutionsAgreeWithDoublePrecision(_ channels: Int, _ outputs: Int, _ side: Int) throws {
        let shape = [4, channels, side, side], result = [4, outputs, side, side]
        let weights = [outputs, channels, 3, 3]
        let window = windows([3, 3], [1, 1], [1, 1], [1, 1], [1, 1])
        func all(_ dtype: DType) throws -> [[Double]] {
            let x = try picture(shape, seed: 1, dtype, .channelsLast)
            let upstream = try picture(result, seed: 2, dtype, .channelsLast)
            let weight = try Sample(weights, ramp(weights, seed: 3), dtype)
            let bias = try Sample([outputs], ramp([outputs], seed: 4), dtype)
            let y = try Sample(result, dtype, Strides(channelsLast: Shape(result)))
            let xGradient = try Sample(shape, dtype, Strides(channelsLast: Shape(shape)))
            let weightGradient = try Sample(weights, dtype), biasGradient = try Sample([outputs], dtype)
            func request(_ direction: ConvolutionRequest.Direction) -> KernelRequest {
                .convolution(
                    ConvolutionRequest(direction, window: window, groups: 1, bias: direction != .inputGradient))
            }
            try backend.run(request(.forward), [x, weight, bias], [y])
            try backend.run(request(.inputGradient), [upstream, weight], [xGradient])
            try backend.run(request(.weightGradient), [x, upstream], [weightGradient, biasGradient])
            return [
                try y.numbers(), try xGradient.numbers(), try weightGradient.numbers(), try biasGradient.numbers(),
            ]
        }
        let exact = try all(.float64)
        for dtype in [DType.float32, .bfloat16] {
            let found = try all(dtype)
            for (numbers, expected) in zip(found, exact) {
                #expect(try numbers == rounded(expected, to: dtype), "\(dtype)")
            }
        }
    }

    @Test(arguments: types) func anEmptyBatchGivesNoGradient(_ dtype: DType) throws {
        let window = windows([3], [1], [1], [1], [1])
        let weight = try Sample([2, 1, 3], [9, 9, 9, 9, 9, 9], dtype), bias = try Sample([2], [9, 9], dtype)
        let x = try Sample([0, 1, 4], dtype), y = try Sample([0, 2, 4], dtype)
        try backend.run(
            .convolution(ConvolutionRequest(.weightGradient, window: window, groups: 1, bias: true)), [x, y],
            [weight, bias])
        #expect(try weight.numbers() == [0, 0, 0, 0, 0, 0])
        #expect(try bias.numbers() == [0, 0])
        try backend.run(
            .convolution(ConvolutionRequest(.forward, window: window, groups: 1, bias: true)), [x, weight, bias], [y])
    }

    @Test func integersAreRefused() throws {
        let window = windows([1], [1], [1], [0], [0])
        let x = try Sample([1, 1, 1], .int32)
        #expect(throws: TensorError.self) {
            try backend.run(
                .convolution(ConvolutionRequest(.forward, window: window, groups: 1, bias: false)), [x, x],
                [try Sample([1, 1, 1], .int32)])
        }
    }

    @Test func severalThreadsCanConvolveAtOnce() async throws {
        guard let test = ConvolutionCase.all.first(where: { $0.x.count == 4 }) else { return }
        let request = test.request(.forward, bias: true)
        try await withThrowingTaskGroup(of: [Double].self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let inputs = [
                        try Sample(test.x, ramp(test.x, seed: 1), .float32),
                        try Sample(test.weight, ramp(test.weight, seed: 2), .float32),
                        try Sample([test.y[1]], ramp([test.y[1]], seed: 3), .float32),
                    ]
                    let y = try Sample(test.y, .float32)
                    for _ in 0..<50 { try CPUBackend.shared.run(request, inputs, [y]) }
                    return try y.numbers()
                }
            }
            for try await numbers in group { #expect(numbers == test.forward) }
        }
    }
}
