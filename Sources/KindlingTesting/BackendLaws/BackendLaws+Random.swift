// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension BackendLaws {
    /// Equal words everywhere: uniform numbers and truth values to the bit, normal ones nearly.
    static let randomCases: [BackendCase] = [
        BackendCase("random uniform") {
            draws(.uniform(low: 0, high: 1), [.float32, .float64, .float16, .bfloat16], .exact)
        },
        BackendCase("random uniform between bounds") {
            draws(.uniform(low: -3, high: 5), [.float32, .float64, .float16, .bfloat16], Tolerance(ulps: 1, units: 8))
        },
        BackendCase("random uniform whole numbers") {
            draws(.uniform(low: 0, high: 10), [.int32, .int64, .uint8], .exact)
        },
        BackendCase("random normal") {
            draws(
                .normal(mean: 1, standardDeviation: 2), [.float32, .float64, .float16, .bfloat16],
                Tolerance(ulps: 4, units: 64))
        },
        BackendCase("random bernoulli") {
            [0, 0.25, 0.7, 1].flatMap { draws(.bernoulli(probability: $0), DType.allCases, .exact) }
        },
    ]

    private static func draws(
        _ distribution: RandomFill.Distribution, _ dtypes: [DType], _ tolerance: Tolerance
    ) -> [BackendCall] {
        let shapes: [Shape] = [[], [0], [3], [4], [5], [2, 3, 7], [1001]]
        let keys: [(UInt64, UInt64)] = [(0, 0), (0x0123_4567_89AB_CDEF, 0xFEDC_BA98_7654_3210)]
        return dtypes.flatMap { dtype in
            keys.flatMap { key, stream in
                shapes.map { shape in
                    BackendCall(
                        .random(RandomFill(distribution, key: key, stream: stream)), [],
                        to: [.output(dtype, shape)], within: tolerance)
                }
            }
        }
    }
}
