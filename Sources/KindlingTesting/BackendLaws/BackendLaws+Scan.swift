// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension BackendLaws {
    /// Sums, products and recurrences along every axis, and orders.
    static let scanCases: [BackendCase] =
        DType.allCases.flatMap { dtype in
            [
                BackendCase("scan \(dtype.name)") { scans(dtype) },
                BackendCase("sort \(dtype.name)") { orders(dtype) },
            ]
        }

    private static let shapes: [Shape] = [[1], [5], [3, 300], [4, 7, 3], [2, 3, 200], [0, 4], [3, 0]]

    private static func scans(_ dtype: DType) -> [BackendCall] {
        let result = dtype.isFloatingPoint ? dtype : .int64
        return shapes.flatMap { shape in
            (0..<shape.rank).flatMap { axis in
                [Scan.Function.sum, .product, .recurrence].flatMap { function in
                    [false, true].flatMap { reverse in
                        [false, true].filter { !$0 || function != .recurrence }.map { exclusive in
                            var inputs = [TensorSample.input(dtype, shape, .rowMajor, values(dtype, 3))]
                            if function == .recurrence {
                                inputs.append(.input(dtype, shape, .rowMajor, values(dtype, 4)))
                            }
                            return BackendCall(
                                .scan(Scan(function, axis: axis, reverse: reverse, exclusive: exclusive)), inputs,
                                to: [.output(result, shape)], within: Tolerance(ulps: 2, units: 2))
                        }
                    }
                }
            }
        }
    }

    /// Small numbers of which few are 0, so that products show a mistake.
    private static func values(_ dtype: DType, _ seed: UInt64) -> SampleValues {
        switch dtype {
        case .uint8, .bool: .whole(0, 3, seed: seed)
        case .int32, .int64: .whole(-2, 3, seed: seed)
        default: .uniform(-1.2, 1.5, seed: seed)
        }
    }

    private static func orders(_ dtype: DType) -> [BackendCall] {
        func call(_ shape: Shape, _ count: Int, _ descending: Bool, _ values: SampleValues) -> BackendCall {
            var result = shape
            result[shape.rank - 1] = count
            return BackendCall(
                .sort(Sort(descending: descending, count: count)), [.input(dtype, shape, .rowMajor, values)],
                to: [.output(.int64, result)], within: Tolerance(ulps: 0, units: 0))
        }
        let many = SampleValues.uniform(dtype == .uint8 || dtype == .bool ? 0 : -40, 40, seed: 5)
        let special: [Double] =
            dtype.isFloatingPoint
            ? [.nan, 1, -0.0, 0, .infinity, -.infinity, .nan] : [3, 1, 0, 0, 3, 1, 2]
        return [false, true].flatMap { descending in
            [1, 5, 47, 49, 300].flatMap { length in
                [0, 1, 3, length / 2, length].filter { $0 <= length }.map {
                    call([3, length], $0, descending, many)
                }
            } + [
                call([0, 4], 2, descending, many),
                call([3, 0], 0, descending, many),
                call([2, 7], 7, descending, .listed(special)), call([2, 7], 4, descending, .listed(special)),
            ]
        }
    }
}
