// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension BackendLaws {
    /// Every function over every set of axes.
    static let reductionCases: [BackendCase] =
        [Reduction.Function.sum, .product, .minimum, .maximum, .argumentOfMinimum, .argumentOfMaximum].flatMap {
            function in
            [
                BackendCase("reduce \(function) float32") {
                    reductions(function, .float32) + longReductions(function, .float32)
                },
                BackendCase("reduce \(function) float64") {
                    reductions(function, .float64) + longReductions(function, .float64)
                },
                BackendCase("reduce \(function) 16-bit") {
                    reductions(function, .float16) + reductions(function, .bfloat16)
                },
                BackendCase("reduce \(function) integers") {
                    [DType.int32, .int64, .uint8, .bool].flatMap { reductions(function, $0) }
                },
                BackendCase("reduce \(function) special numbers") { special(function) },
            ]
        } + [BackendCase("reduce to a mean", calls: means)]

    private static let shapes: [Shape] = [[], [19], [5, 7], [3, 4, 5], [2, 3, 4, 5], [2, 3, 2, 1, 3]]

    private static func reductions(_ function: Reduction.Function, _ dtype: DType) -> [BackendCall] {
        shapes.flatMap { shape in
            (0..<(1 << shape.rank)).map { axes in
                reduction(function, dtype, shape, axes: UInt8(axes), values(function, dtype))
            }
        }
    }

    /// Lengths that fill vectors and blocks, and leave some over; and axes of no elements, where a sum is 0.
    private static func longReductions(_ function: Reduction.Function, _ dtype: DType) -> [BackendCall] {
        let numbers = SampleValues.uniform(function == .product ? 0.99 : -1, 1, seed: 4)
        var calls: [BackendCall] = []
        let plans: [(Shape, UInt8)] = [
            ([3, 1031], 2), ([1031, 3], 1), ([2, 129, 5], 2), ([5000], 1), ([4, 8, 65], 5),
        ]
        for (shape, axes) in plans {
            calls.append(reduction(function, dtype, shape, axes: axes, numbers))
        }
        for shape in [[40, 40], [2000]] as [Shape] {  // the first of many that are equal
            calls.append(reduction(function, dtype, shape, axes: 1, .listed([1])))
        }
        if function == .sum || function == .product {
            calls.append(reduction(function, dtype, [0, 3], axes: 1, numbers))
            calls.append(reduction(function, dtype, [0, 3], axes: 3, numbers))
        }
        calls.append(reduction(function, dtype, [0, 3], axes: 2, numbers))
        return calls
    }

    private static func special(_ function: Reduction.Function) -> [BackendCall] {
        let isPlace = function == .argumentOfMinimum || function == .argumentOfMaximum
        let numbers: [[Double]] = [
            isPlace ? [3, -1, 7, -1, 7, 2] : [1, 2, .nan, 3, 4, 5], [.infinity, 1, 2, 3, 4, 5],
            [-.infinity, 1, 2, 3, 4, 5], [-.infinity, -.infinity, -.infinity], [.infinity, .infinity],
        ]
        return numbers.flatMap { row in
            [
                reduction(function, .float32, [36], axes: 1, .listed(row)),
                reduction(function, .float32, [6, 6], axes: 1, .listed(row)),
                reduction(function, .float32, [6, 6], axes: 2, .listed(row)),
                reduction(function, .float64, [40], axes: 1, .listed(row)),
            ]
        }
    }

    private static func means() -> [BackendCall] {
        [DType.float32, .float64, .float16, .bfloat16].flatMap { dtype in
            [UInt8(1), 2, 3].map { axes in
                let scale = axes == 1 ? 1.0 / 20 : 1.0 / 600
                return reduction(.sum, dtype, [20, 30], axes: axes, .uniform(0, 1, seed: 3), scale: scale)
            }
        }
    }

    private static func values(_ function: Reduction.Function, _ dtype: DType) -> SampleValues {
        switch dtype {
        case .float32, .float64, .float16, .bfloat16:
            function == .product ? .uniform(0.9, 1.1, seed: 2) : .uniform(-1, 1, seed: 1)
        case .int32, .int64: .whole(-20, 20, seed: 3)
        case .uint8: .whole(0, 200, seed: 4)
        case .bool: .whole(0, 1, seed: 5)
        }
    }

    private static func reduction(
        _ function: Reduction.Function, _ dtype: DType, _ shape: Shape, axes: UInt8, _ values: SampleValues,
        scale: Double = 1
    ) -> BackendCall {
        let kept = (0..<shape.rank).filter { axes >> UInt8($0) & 1 == 0 }.map { shape[$0] }
        let terms = (0..<shape.rank).filter { axes >> UInt8($0) & 1 == 1 }.map { shape[$0] }.reduce(1, *)
        let output: DType
        let tolerance: Tolerance
        switch function {
        case .sum, .product:
            output = dtype.isFloatingPoint ? dtype : .int64
            tolerance = .sums(of: terms)
        case .minimum, .maximum:
            output = dtype
            tolerance = .exact
        case .argumentOfMinimum, .argumentOfMaximum:
            output = .int64
            tolerance = .exact
        }
        return BackendCall(
            .reduce(Reduction(function, axes: axes, scale: scale)), [.input(dtype, shape, .rowMajor, values)],
            to: [.output(output, Shape(kept))], within: tolerance)
    }
}
