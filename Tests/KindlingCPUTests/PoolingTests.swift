// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingCPU
import Testing

/// A pooling, and what PyTorch computes for it and its gradient.
struct PoolingCase: Sendable, CustomTestStringConvertible {
    let x: [Int], window: [Int], stride: [Int], dilation: [Int], padding: [Int]
    let function: Pooling.Function, y: [Int]
    let forward: [Double], places: [Double], gradient: [Double]

    var testDescription: String { "\(function) of \(x), window \(window), stride \(stride), padding \(padding)" }

    func request(backward: Bool) -> KernelRequest {
        .pooling(Pooling(function, window: windows(window, stride, dilation, padding, padding), backward: backward))
    }

    /// The picture of the fixtures: halves of a ramp, rounded, so that neighbours are often equal.
    var picture: [Double] { ramp(x, seed: 1).map { ($0 / 2).rounded(.toNearestOrEven) } }
}

@Suite struct PoolingTests {
    static let types: [DType] = [.float32, .float64, .float16, .bfloat16]
    let backend = CPUBackend.shared

    /// Largest distance from what PyTorch has in double precision: means are rounded, the largest is not.
    func tolerance(_ dtype: DType, _ function: Pooling.Function) -> Double {
        if function == .maximum { return 0 }
        return switch dtype {
        case .float32: 4e-7
        case .float64: 1e-8
        case .float16: 2e-3
        default: 2e-2
        }
    }

    func expectNear(_ found: [Double], _ wanted: [Double], _ tolerance: Double, _ what: Comment) {
        #expect(found.count == wanted.count, what)
        let far = zip(found, wanted).first { !(abs($0 - $1) <= tolerance * max(1, abs($1))) }
        #expect(far == nil, what)
    }

    @Test(arguments: PoolingCase.all, types)
    func poolingIsWhatPyTorchComputes(_ test: PoolingCase, _ dtype: DType) throws {
        for order in PictureOrder.allCases {
            let x = try Sample(test.x, test.picture, dtype, order.strides(test.x))
            let y = try Sample(test.y, dtype, order.strides(test.y))
            let places = try Sample(test.y, .int32, order.strides(test.y))
            let isMaximum = test.function == .maximum
            try backend.run(test.request(backward: false), [x], isMaximum ? [y, places] : [y])
            expectNear(try y.numbers(), test.forward, tolerance(dtype, test.function), "\(order)")
            if isMaximum { #expect(try places.numbers() == test.places, "\(order)") }
            let upstream = try Sample(test.y, ramp(test.y, seed: 4), dtype, order.strides(test.y))
            let gradient = try Sample(test.x, dtype, order.strides(test.x))
            try backend.run(
                test.request(backward: true), isMaximum ? [upstream, places] : [upstream], [gradient])
            expectNear(try gradient.numbers(), test.gradient, tolerance(dtype, test.function), "\(order)")
        }
    }

    @Test(arguments: types) func theFirstNaNWins(_ dtype: DType) throws {
        let x = try Sample([1, 1, 4], [1, .nan, 5, .nan], dtype)
        let y = try Sample([1, 1, 1], dtype), places = try Sample([1, 1, 1], .int32)
        let request = Pooling(.maximum, window: windows([4], [1], [1], [0], [0]), backward: false)
        try backend.run(.pooling(request), [x], [y, places])
        #expect(try y.numbers()[0].isNaN)
        #expect(try places.numbers() == [1])
    }

    @Test(arguments: types) func theLeastNumberIsStillLargerThanPadding(_ dtype: DType) throws {
        let x = try Sample([1, 1, 2], [-.infinity, -.infinity], dtype)
        let y = try Sample([1, 1, 2], dtype), places = try Sample([1, 1, 2], .int32)
        let request = Pooling(.maximum, window: windows([2], [1], [1], [1], [0]), backward: false)
        try backend.run(.pooling(request), [x], [y, places])
        #expect(try y.numbers() == [-.infinity, -.infinity])
        #expect(try places.numbers() == [0, 0])
    }

    /// More channels than are worked on together.
    @Test(arguments: [Pooling.Function.maximum, .average, .averageInside])
    func manyChannelsPoolLikeOne(_ function: Pooling.Function) throws {
        let shape = [2, 77, 6, 5], result = [2, 77, 3, 3]
        let window = windows([3, 2], [2, 2], [1, 1], [1, 1], [0, 0])
        var found: [[Double]] = []
        for order in PictureOrder.allCases {
            let x = try Sample(shape, ramp(shape, seed: 1), .float32, order.strides(shape))
            let y = try Sample(result, .float32, order.strides(result))
            let places = try Sample(result, .int32, order.strides(result))
            let isMaximum = function == .maximum
            try backend.run(
                .pooling(Pooling(function, window: window, backward: false)), [x], isMaximum ? [y, places] : [y])
            let gradient = try Sample(shape, .float32, order.strides(shape))
            try backend.run(
                .pooling(Pooling(function, window: window, backward: true)), isMaximum ? [y, places] : [y],
                [gradient])
            found.append(try y.numbers() + gradient.numbers())
        }
        #expect(found[0] == found[1])
    }
}
