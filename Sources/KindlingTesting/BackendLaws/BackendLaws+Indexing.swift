// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension BackendLaws {
    /// Slices picked and added; indices from the end, twice the same, and wrong ones.
    static let indexingCases: [BackendCase] =
        DType.allCases.map { dtype in
            BackendCase("gather \(dtype.name)") {
                plans.map { gather(dtype, $0, .listed($1), count: $1.count) }
            }
        }
        + [DType.float32, .float64, .float16, .bfloat16].map { dtype in
            BackendCase("scatterAdd \(dtype.name)") {
                plans.map { scatterAdd(dtype, $0, .listed($1), count: $1.count) }
            }
        } + [BackendCase("indices that do not exist", calls: wrongIndices)]

    private static let plans: [(Shape, [Double])] = [
        ([5], [0, 4, 2, 2]), ([5, 3], [4, 0, -1, -5, 4]), ([4, 2, 3], [3, 1]), ([6, 100], [5, 5, 5, 0, -6, 1]),
        ([3, 0], [0, 2]), ([1, 7], [0, -1, 0]), ([5, 3], []), ([0, 3], []),
        ([40, 17], (0..<90).map { Double($0 * 7 % 40) }),
    ]

    private static func wrongIndices() -> [BackendCall] {
        [5, -6, 1_000_000, -9e18].flatMap { wrong in
            [
                gather(.float32, [5, 3], .listed([0, wrong, 1]), count: 3, mistake: .indexOutOfRange),
                scatterAdd(.float32, [5, 3], .listed([0, 1, wrong]), count: 3, mistake: .indexOutOfRange),
            ]
        } + [gather(.float32, [0, 3], .listed([0]), count: 1, mistake: .indexOutOfRange)]
    }

    private static func gather(
        _ dtype: DType, _ shape: Shape, _ indices: SampleValues, count: Int, mistake: TensorError.Code? = nil
    ) -> BackendCall {
        var result = shape
        result[0] = count
        return BackendCall(
            .gather,
            [
                .input(dtype, shape, .rowMajor, .whole(0, dtype == .bool ? 1 : 99, seed: 1)),
                .input(.int64, [count], .rowMajor, indices),
            ], to: [.output(dtype, result)], within: .exact, mistake: mistake)
    }

    private static func scatterAdd(
        _ dtype: DType, _ shape: Shape, _ indices: SampleValues, count: Int, mistake: TensorError.Code? = nil
    ) -> BackendCall {
        var updates = shape
        updates[0] = count
        return BackendCall(
            .scatterAdd,
            [.input(.int64, [count], .rowMajor, indices), .input(dtype, updates, .rowMajor, .whole(-9, 9, seed: 1))],
            to: [.output(dtype, shape)], within: .exact, mistake: mistake)
    }
}
