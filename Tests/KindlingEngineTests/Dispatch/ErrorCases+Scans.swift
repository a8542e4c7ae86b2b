// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension ErrorCase {
    private static let alongAxis: [(String, @Sendable (Tensor, Int) -> Tensor)] =
        [
            ("cumulativeSum", { $0.cumulativeSum(along: $1) }),
            ("cumulativeProduct", { $0.cumulativeProduct(along: $1) }),
            ("linearRecurrence", { $0.linearRecurrence(decay: $0, along: $1) }),
            ("sorted", { $0.sorted(along: $1).values }),
            ("sorted", { $0.sorted(along: $1).indices.converted(to: .float32) }),
            ("argsort", { $0.argsort(along: $1) }),
            ("topK", { $0.topK(1, along: $1).values }),
            ("median", { $0.median(over: $1) }),
        ]

    static let scans: [ErrorCase] =
        alongAxis.flatMap { name, apply in
            [
                ErrorCase(
                    .invalidAxis, "\(name): axis 2 does not exist in shape [2, 3]; use 0 ..< 2, or −1 for the last"
                ) { apply(zeros(2, 3), 2) },
                ErrorCase(
                    .invalidAxis,
                    "\(name): axis \(Int.min) does not exist in shape [2, 3]; use 0 ..< 2, or −1 for the last"
                ) { apply(zeros(2, 3), .min) },
                ErrorCase(
                    .invalidAxis, "\(name): axis 0 does not exist in shape []; a scalar has no axes: reshape it to [1]"
                ) { apply(zeros(), 0) },
            ]
        } + [
            ErrorCase(
                .dtypeMismatch,
                "linearRecurrence: int64 and float32 are not both floating-point types; convert them: "
                    + "converted(to: .float32)"
            ) { zeros(2, dtype: .int64).linearRecurrence(decay: zeros(2), along: 0) },
            ErrorCase(
                .shapeMismatch,
                "linearRecurrence: a decay of shape [3] does not broadcast to [2]; reshape it, or expand this tensor"
            ) { zeros(2).linearRecurrence(decay: zeros(3), along: 0) },
            ErrorCase(
                .shapeMismatch,
                "linearRecurrence: a decay of shape [2, 2] does not broadcast to [2]; reshape it, or expand this tensor"
            ) { zeros(2).linearRecurrence(decay: zeros(2, 2), along: 0) },
            ErrorCase(
                .invalidValue,
                "topK: 4 elements cannot be taken from 3 along axis 1 of shape [2, 3]; take 0 ... 3"
            ) { zeros(2, 3).topK(4).values },
            ErrorCase(
                .invalidValue,
                "topK: -1 elements cannot be taken from 2 along axis 0 of shape [2, 3]; take 0 ... 2"
            ) { zeros(2, 3).topK(-1, along: 0).values },
            ErrorCase(
                .invalidValue,
                "topK: \(Int.max) elements cannot be taken from 3 along axis 0 of shape [3]; take 0 ... 3"
            ) { zeros(3).topK(.max).values },
            ErrorCase(.shapeMismatch, "median: nothing to choose from: shape [2, 0] is empty along axis 1") {
                zeros(2, 0).median(over: 1)
            },
            ErrorCase(
                .unsupported,
                "read: a tensor on the device 'meta' has no elements; compute on 'cpu' when values are needed"
            ) { Tensor.zeros([3], on: .meta).uniqueValues().values },
        ]
}
