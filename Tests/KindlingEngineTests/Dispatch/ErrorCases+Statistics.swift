// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension ErrorCase {
    static let statistics: [ErrorCase] = axes + sizes + creations + draws

    private static let overAxes: [(String, @Sendable (Tensor, Int, Int) -> Tensor)] =
        [
            ("standardDeviation", { $0.standardDeviation(over: $1, $2) }),
            ("product", { $0.product(over: $1, $2) }),
            ("countNonZero", { $0.countNonZero(over: $1, $2) }),
            ("any", { $0.any(over: $1, $2) }),
            ("all", { $0.all(over: $1, $2) }),
            ("logSumExp", { $0.logSumExp(over: $1, $2) }),
            ("norm", { $0.norm(over: $1, $2) }),
            ("meanAndVariance", { $0.meanAndVariance(over: $1, $2).mean }),
        ]

    private static let axes: [ErrorCase] =
        overAxes.flatMap { name, apply in
            [
                ErrorCase(
                    .invalidAxis, "\(name): axis 2 does not exist in shape [2, 3]; use 0 ..< 2, or −1 for the last"
                ) { apply(zeros(2, 3), 0, 2) },
                ErrorCase(.invalidAxis, "\(name): axis -1 is named twice; use 0 ..< 2, or −1 for the last") {
                    apply(zeros(2, 3), 1, -1)
                },
                ErrorCase(
                    .invalidAxis,
                    "\(name): axis \(Int.max) does not exist in shape [2, 3]; use 0 ..< 2, or −1 for the last"
                ) { apply(zeros(2, 3), .max, 0) },
            ]
        }

    private static let sizes: [ErrorCase] = [0, -1, .nan].map { order in
        ErrorCase(
            .invalidValue,
            "norm: the order cannot be \(order); give a positive number or .infinity; countNonZero counts what order "
                + "0 would"
        ) { zeros(3).norm(order: order) }
    }

    private static let creations: [ErrorCase] = [
        ErrorCase(
            .invalidValue, "arange: steps of 0.0 do not lead from 0.0 to 3.0; give a step in that direction, not 0"
        ) { .arange(from: 0, to: 3, by: 0) },
        ErrorCase(
            .invalidValue, "arange: steps of -1.0 do not lead from 0.0 to 3.0; give a step in that direction, not 0"
        ) { .arange(from: 0, to: 3, by: -1) },
        ErrorCase(.invalidValue, "arange: nan is not a finite number; give finite numbers") { .arange(to: .nan) },
        ErrorCase(
            .invalidValue, "arange: 0.0 to 1e+300 by 1.0 is more than can be counted; give a larger step"
        ) { .arange(to: 1e300) },
        ErrorCase(.invalidValue, "linspace: there cannot be -1 elements; give 0 or more") {
            .linspace(from: 0, to: 1, count: -1)
        },
        ErrorCase(.invalidValue, "linspace: inf is not a finite number; give finite numbers") {
            .linspace(from: 0, to: .infinity, count: 3)
        },
        ErrorCase(
            .shapeMismatch,
            "linspace: [9223372036854775807] is not a shape: sizes must be 0 or more and countable; if it came from "
                + "rows of numbers, give every row the same length"
        ) { .linspace(from: 0, to: 1, count: .max) },
        ErrorCase(
            .shapeMismatch,
            "indices: [9223372036854775807] is not a shape: sizes must be 0 or more and countable; if it came from "
                + "rows of numbers, give every row the same length"
        ) { .indices(.max) },
        ErrorCase(
            .shapeMismatch,
            "eye: [-1, -1] is not a shape: sizes must be 0 or more and countable; if it came from rows of numbers, "
                + "give every row the same length"
        ) { .eye(-1) },
        ErrorCase(
            .shapeMismatch,
            "eye: [2, -3] is not a shape: sizes must be 0 or more and countable; if it came from rows of numbers, "
                + "give every row the same length"
        ) { .eye(2, -3) },
        ErrorCase(
            .shapeMismatch,
            "eye: [9223372036854775807, 2] is not a shape: sizes must be 0 or more and countable; if it came from "
                + "rows of numbers, give every row the same length"
        ) { .eye(.max, 2) },
    ]

    private static func drawn(_ body: (inout RandomStream) -> Tensor) -> Tensor {
        var stream = RandomStream(seed: 1)
        return body(&stream)
    }

    private static let draws: [ErrorCase] = [
        ErrorCase(.invalidValue, "uniform: the range 2.0 to 1.0 runs backwards; give low ≤ high") {
            drawn { .uniform([2], low: 2, high: 1, from: &$0) }
        },
        ErrorCase(.invalidValue, "uniform: nan is not a finite number; give finite numbers") {
            drawn { .uniform([2], low: .nan, from: &$0) }
        },
        ErrorCase(.invalidValue, "normal: a standard deviation cannot be -1.0; give 0 or more") {
            drawn { .normal([2], standardDeviation: -1, from: &$0) }
        },
        ErrorCase(.invalidValue, "normal: inf is not a finite number; give finite numbers") {
            drawn { .normal([2], mean: .infinity, from: &$0) }
        },
        ErrorCase(.invalidValue, "bernoulli: a probability cannot be 1.5; give 0 ... 1") {
            drawn { .bernoulli([2], probability: 1.5, from: &$0) }
        },
        ErrorCase(.invalidValue, "bernoulli: a probability cannot be nan; give 0 ... 1") {
            drawn { .bernoulli([2], probability: .nan, from: &$0) }
        },
        ErrorCase(
            .invalidValue, "randomIntegers: 3 ..< 3 is not a range of 1 to 2⁵³ whole numbers; give low < high"
        ) { drawn { .randomIntegers([2], low: 3, high: 3, from: &$0) } },
        ErrorCase(
            .invalidValue,
            "randomIntegers: \(Int.min) ..< \(Int.max) is not a range of 1 to 2⁵³ whole numbers; give low < high"
        ) { drawn { .randomIntegers([2], low: .min, high: .max, from: &$0) } },
        ErrorCase(.invalidValue, "permutation: there cannot be -1 elements; give 0 or more") {
            drawn { .permutation(-1, from: &$0) }
        },
        ErrorCase(
            .shapeMismatch,
            "indices: [\(Int.max)] is not a shape: sizes must be 0 or more and countable; if it came from rows of "
                + "numbers, give every row the same length"
        ) { drawn { .permutation(.max, from: &$0) } },
        ErrorCase(
            .invalidValue,
            "truncatedNormal: a standard deviation of 0.0 and bounds -2.0 and 2.0 give no numbers; give a positive "
                + "deviation, and low < high"
        ) { drawn { .truncatedNormal([2], standardDeviation: 0, from: &$0) } },
        ErrorCase(
            .dtypeMismatch,
            "truncatedNormal: int64 is not a floating-point type; draw float32 and convert"
        ) { drawn { .truncatedNormal([2], from: &$0, dtype: .int64) } },
        ErrorCase(
            .invalidValue,
            "truncatedNormal: 50.0 ... 60.0 holds a share of 0.0 of the numbers by mean 0.0 and deviation 1.0; move the "
                + "bounds nearer to the mean"
        ) { drawn { .truncatedNormal([2], low: 50, high: 60, from: &$0) } },
    ]
}
