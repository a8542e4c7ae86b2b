// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingCPU
import Testing

/// A product and what PyTorch computes for it.
struct MatmulCase: Sendable, CustomTestStringConvertible {
    let left: [Int], right: [Int], bias: Bool, relu: Bool, shape: [Int], expected: [Double]

    var testDescription: String { "\(left) · \(right)\(bias ? " + bias" : "")\(relu ? ", relu" : "")" }
    var request: KernelRequest { .matmul(Matmul(bias: bias, activation: relu ? .relu : .none)) }
}

/// A product of any size, to be computed in several ways.
struct MatmulSize: Sendable, CustomTestStringConvertible {
    let m: Int, k: Int, n: Int
    var testDescription: String { "\(m)×\(k) · \(k)×\(n)" }

    static let all = [
        MatmulSize(m: 1, k: 1, n: 1), MatmulSize(m: 3, k: 7, n: 17), MatmulSize(m: 64, k: 784, n: 256),
        MatmulSize(m: 64, k: 128, n: 10), MatmulSize(m: 33, k: 300, n: 65), MatmulSize(m: 1, k: 600, n: 513),
        MatmulSize(m: 10, k: 500, n: 20),
        MatmulSize(m: 257, k: 129, n: 1), MatmulSize(m: 130, k: 5, n: 400), MatmulSize(m: 300, k: 270, n: 310),
    ]
}

@Suite struct MatmulTests {
    let backend = CPUBackend.shared

    /// The matrix, or its transpose stored so that it reads as the matrix.
    func factor(_ shape: [Int], seed: Int, _ dtype: DType, stored transposed: Bool) throws -> Sample {
        let rank = shape.count
        guard transposed else { return try Sample(shape, ramp(shape, seed: seed), dtype) }
        let matrix = try Sample(shape, ramp(shape, seed: seed), .float64)
        let turned = Sample(transposed: matrix)
        let stored = try Sample(turned.operand.shape.dimensions, dtype)
        try backend.run(.copy, [turned], [stored])
        #expect(stored.operand.shape.rank == rank)
        return Sample(transposed: stored)
    }

    @Test(arguments: MatmulCase.all, [DType.float32, .float64, .float16, .bfloat16])
    func productsAreWhatPyTorchComputes(_ test: MatmulCase, _ dtype: DType) throws {
        for (turnLeft, turnRight) in [(false, false), (false, true), (true, false), (true, true)] {
            var inputs = [
                try factor(test.left, seed: 1, dtype, stored: turnLeft),
                try factor(test.right, seed: 2, dtype, stored: turnRight),
            ]
            let count = test.shape[test.shape.count - 1]
            if test.bias { inputs.append(try Sample([count], ramp([count], seed: 3), dtype)) }
            let output = try Sample(test.shape, dtype)
            try backend.run(test.request, inputs, [output])
            #expect(try output.numbers() == rounded(test.expected, to: dtype), "turned: \(turnLeft), \(turnRight)")
        }
    }

    /// Every way of computing gives the same here: numbers are quarters, so that no sum is rounded.
    @Test(arguments: MatmulSize.all)
    func everyTypeAgreesWithIntegers(_ size: MatmulSize) throws {
        let left = ramp([size.m, size.k], seed: 1).map { $0 * 4 }
        let right = ramp([size.k, size.n], seed: 2).map { $0 * 4 }
        let bias = ramp([size.n], seed: 3).map { $0 * 4 }
        let whole = try Sample([size.m, size.n], .int64)
        let request = KernelRequest.matmul(Matmul(bias: true, activation: .relu))
        func inputs(_ dtype: DType) throws -> [Sample] {
            [
                try Sample([size.m, size.k], left, dtype), try Sample([size.k, size.n], right, dtype),
                try Sample([size.n], bias, dtype),
            ]
        }
        try backend.run(request, inputs(.int64), [whole])
        let expected = try whole.numbers()
        for dtype in [DType.float32, .float64, .int32, .bfloat16, .float16] {
            let output = try Sample([size.m, size.n], dtype)
            try backend.run(request, inputs(dtype), [output])
            #expect(try output.numbers() == rounded(expected, to: dtype), "\(dtype)")
        }
    }

    @Test(arguments: MatmulSize.all)
    func transposesAreReadInPlace(_ size: MatmulSize) throws {
        let plain = try Sample([size.m, size.n], .float32)
        let request = KernelRequest.matmul(Matmul())
        for dtype in [DType.float32, .float64, .bfloat16] {
            var results: [[Double]] = []
            for (turnLeft, turnRight) in [(false, false), (false, true), (true, false), (true, true)] {
                let a = try factor([size.m, size.k], seed: 1, dtype, stored: turnLeft)
                let b = try factor([size.k, size.n], seed: 2, dtype, stored: turnRight)
                let output = try Sample([size.m, size.n], dtype)
                try backend.run(request, [a, b], [output])
                results.append(try output.numbers())
                if dtype == .float32 { try backend.run(.copy, [output], [plain]) }
            }
            #expect(Set(results).count == 1, "\(dtype)")
            #expect(results[0] == (try rounded(plain.numbers(), to: dtype)), "\(dtype)")
        }
    }

    @Test func rowsMayLieApart() throws {
        var strides = Strides()
        (strides[0], strides[1]) = (90, 1)
        let a = try Sample([80, 70], ramp([80, 70], seed: 1), .float32, strides, room: 80 * 90)
        let b = try Sample([70, 60], ramp([70, 60], seed: 2), .float32)
        let dense = try Sample([80, 70], ramp([80, 70], seed: 1), .float32)
        let apart = try Sample([80, 60], .float32), together = try Sample([80, 60], .float32)
        try backend.run(.matmul(Matmul()), [a, b], [apart])
        try backend.run(.matmul(Matmul()), [dense, b], [together])
        #expect(try apart.numbers() == together.numbers())
    }

    @Test(arguments: [DType.float32, .float64, .float16, .bfloat16, .int64])
    func anEmptySumIsTheBias(_ dtype: DType) throws {
        let a = try Sample([3, 0], dtype), b = try Sample([0, 2], dtype)
        let output = try Sample([3, 2], [9, 9, 9, 9, 9, 9], dtype)
        try backend.run(.matmul(Matmul(bias: true)), [a, b, Sample([2], [1, -2], dtype)], [output])
        #expect(try output.numbers() == [1, -2, 1, -2, 1, -2])
        try backend.run(.matmul(Matmul()), [a, b], [output])
        #expect(try output.numbers() == [0, 0, 0, 0, 0, 0])
    }

    @Test func anEmptyProductIsNothing() throws {
        let output = try Sample([0, 2], .float32)
        try backend.run(.matmul(Matmul()), [Sample([0, 3], .float32), Sample([3, 2], .float32)], [output])
        #expect(try output.numbers().isEmpty)
    }

    @Test func integersWrapAndTruthIsAny() throws {
        let bytes = try Sample([1, 1], .uint8)
        let three = try Sample([1, 3], [20, 20, 20], .uint8), ones = try Sample([3, 1], [5, 5, 5], .uint8)
        try backend.run(.matmul(Matmul()), [three, ones], [bytes])
        #expect(try bytes.numbers() == [44])
        let truth = try Sample([2, 1], .bool)
        let rows = try Sample([2, 2], [1, 0, 0, 0], .bool), column = try Sample([2, 1], [1, 1], .bool)
        try backend.run(.matmul(Matmul()), [rows, column], [truth])
        #expect(try truth.numbers() == [1, 0])
    }
}
