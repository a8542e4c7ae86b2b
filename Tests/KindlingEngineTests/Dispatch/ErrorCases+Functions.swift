// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension ErrorCase {
    static let functions: [ErrorCase] =
        [
            unequal("atan2") { $0.atan2($1) }, unequal("remainder") { $0.remainder($1) },
            unequal("floorDivided") { $0.floorDivided(by: $1) }, unequal("hypot") { $0.hypot($1) },
            unequal("xlogy") { $0.xlogy($1) }, unequal("logAddExp") { $0.logAddExp($1) },
            unequal("logicalAnd") { $0 .& $1 }, unequal("logicalOr") { $0 .| $1 }, unequal("logicalXor") { $0 .^ $1 },
            unequal("isClose") { $0.isClose(to: $1) },
            unequal("interpolated") { $0.interpolated(to: $1, weight: 0.5) },
        ].flatMap(\.self) + weights + divisors + bounds

    /// What is said where shapes do not broadcast, or devices differ.
    private static func unequal(
        _ operation: String, _ apply: @escaping @Sendable (Tensor, Tensor) -> Tensor
    ) -> [ErrorCase] {
        [
            ErrorCase(
                .shapeMismatch,
                "\(operation): shapes [2, 3] and [2] do not fit: sizes must be equal, or 1; reshape or expand one of "
                    + "them"
            ) { apply(zeros(2, 3), zeros(2)) },
            ErrorCase(
                .shapeMismatch,
                "\(operation): shapes [0] and [3] do not fit: sizes must be equal, or 1; reshape or expand one of them"
            ) { apply(zeros(0), zeros(3)) },
            ErrorCase(
                .deviceMismatch,
                "\(operation): tensors on cpu and meta cannot be combined; move one of them with copied(to:)"
            ) { apply(zeros(2), .zeros([2], on: .meta)) },
        ]
    }

    private static let weights: [ErrorCase] = [
        ErrorCase(
            .shapeMismatch,
            "interpolated: shapes [2] and [2] and [3] do not fit: sizes must be equal, or 1; reshape or expand one of "
                + "them"
        ) { zeros(2).interpolated(to: zeros(2), weight: zeros(3)) },
        ErrorCase(
            .deviceMismatch,
            "interpolated: tensors on cpu and meta cannot be combined; move one of them with copied(to:)"
        ) { zeros(2).interpolated(to: zeros(2), weight: .zeros([2], on: .meta)) },
    ]

    private static let divisors: [ErrorCase] = [DType.int64, .int32, .uint8].flatMap { dtype in
        ["remainder", "floorDivided"].map { operation in
            ErrorCase(
                .invalidValue,
                "\(operation): whole numbers of \(dtype.name) cannot be divided by 0; divide by another number, or "
                    + "convert the tensor: converted(to: .float32)"
            ) {
                let x = zeros(2, dtype: dtype)
                return operation == "remainder" ? x.remainder(0) : x.floorDivided(by: 0)
            }
        }
    }

    private static let bounds: [ErrorCase] =
        [-0.1, 0.6, .nan].map { margin in
            ErrorCase(
                .invalidValue, "logit: a margin of \(margin) is not within 0 ... 0.5; use a small one, 1e-6 say"
            ) { zeros(2).logit(margin: margin) }
        }
        + [-0.1, .nan, -.infinity].flatMap { (tolerance: Double) in
            [
                ErrorCase(
                    .invalidValue,
                    "isClose: relative tolerance \(tolerance) is not 0 or more; give a small number, 1e-5 say"
                ) { zeros(2).isClose(to: zeros(2), relativeTolerance: tolerance) },
                ErrorCase(
                    .invalidValue,
                    "isClose: absolute tolerance \(tolerance) is not 0 or more; give a small number, 1e-5 say"
                ) { zeros(2).isClose(to: zeros(2), absoluteTolerance: tolerance) },
            ]
        }
        + [DType.float32, .float64, .int64].flatMap { dtype in
            [
                ErrorCase(.invalidValue, "clamp: the lower bound is NaN; give a number") {
                    zeros(2, dtype: dtype).clamped(lower: .nan)
                },
                ErrorCase(.invalidValue, "clamp: the upper bound is NaN; give a number") {
                    zeros(0, dtype: dtype).clamped(upper: .nan)
                },
            ]
        }
}
