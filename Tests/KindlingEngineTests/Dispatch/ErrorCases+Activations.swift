// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension ErrorCase {
    static let activations: [ErrorCase] = [parameters, slopes, halves, normalized].flatMap(\.self)

    private static let parameters: [ErrorCase] =
        [0, .infinity, .nan].flatMap { (number: Double) in
            [
                ErrorCase(.invalidValue, "celu: alpha is \(number); give a finite number other than 0") {
                    zeros(2).celu(alpha: number)
                },
                ErrorCase(
                    .invalidValue,
                    "softplus: beta is \(number) and the threshold 20.0; give a finite beta other than 0, and a number "
                        + "as threshold"
                ) { zeros(2).softplus(beta: number) },
            ]
        }
        + [-0.5, -.infinity, .nan].flatMap { (number: Double) in
            [
                ErrorCase(
                    .invalidValue,
                    "hardShrink: a threshold of \(number) is not 0 or more; give the size below which numbers become 0"
                ) { zeros(2).hardShrink(threshold: number) },
                ErrorCase(
                    .invalidValue,
                    "softShrink: a threshold of \(number) is not 0 or more; give the size below which numbers become 0"
                ) { zeros(0).softShrink(threshold: number) },
                ErrorCase(
                    .invalidValue, "squareplus: a bend of \(number) is not 0 or more; give a number from 0 up"
                ) { zeros(2).squareplus(bend: number) },
            ]
        } + [
            ErrorCase(
                .invalidValue,
                "softplus: beta is 1.0 and the threshold nan; give a finite beta other than 0, and a number as threshold"
            ) { zeros(2).softplus(beta: 1, threshold: .nan) }
        ]

    private static let slopes: [ErrorCase] = [
        ErrorCase(
            .shapeMismatch,
            "prelu: a slope of shape [4] does not fit the 3 channels of axis 1; give a slope of shape [1], or [C] for C "
                + "channels"
        ) { zeros(2, 3).prelu(slope: zeros(4)) },
        ErrorCase(
            .shapeMismatch,
            "prelu: a slope of shape [0] does not fit the 2 channels of axis -2; give a slope of shape [1], or [C] for C "
                + "channels"
        ) { zeros(2, 3).prelu(slope: zeros(0), along: -2) },
        ErrorCase(
            .shapeMismatch,
            "prelu: a slope of shape [1, 3] is neither one number nor one for each channel; give a slope of shape [1], "
                + "or [C] for C channels"
        ) { zeros(2, 3).prelu(slope: zeros(1, 3)) },
        ErrorCase(
            .invalidAxis,
            "prelu: axis 1 does not exist in shape [3]; name the axis of the channels, or give one slope for all"
        ) { zeros(3).prelu(slope: zeros(3)) },
        ErrorCase(
            .invalidAxis,
            "prelu: axis 9223372036854775807 does not exist in shape [3]; name the axis of the channels, or give one "
                + "slope for all"
        ) { zeros(3).prelu(slope: zeros(3), along: .max) },
        ErrorCase(
            .deviceMismatch, "prelu: tensors on cpu and meta cannot be combined; move one of them with copied(to:)"
        ) { zeros(2, 3).prelu(slope: .zeros([3], on: .meta)) },
    ]

    private static let normalized: [ErrorCase] = [
        ErrorCase(.invalidAxis, "softmax: axis 2 does not exist in shape [2, 3]") { zeros(2, 3).softmin(over: 2) },
        ErrorCase(.invalidAxis, "softmax: axis -1 does not exist in shape []") { zeros().softmin() },
        ErrorCase(
            .dtypeMismatch, "softmax: int64 is not a floating-point type; convert it: converted(to: .float32)"
        ) { zeros(2, dtype: .int64).softmin() },
    ]

    private static let halves: [ErrorCase] = [
        ErrorCase(
            .shapeMismatch,
            "glu: the 3 elements of axis -1 of shape [2, 3] do not fall into halves; make the layer before it give an "
                + "even number"
        ) { zeros(2, 3).glu() },
        ErrorCase(.invalidAxis, "glu: axis -1 does not exist in shape []") { zeros().glu() },
        ErrorCase(.invalidAxis, "glu: axis 2 does not exist in shape [2, 3]") { zeros(2, 3).glu(along: 2) },
        ErrorCase(.invalidAxis, "glu: axis -9223372036854775808 does not exist in shape [2, 3]") {
            zeros(2, 3).glu(along: .min)
        },
    ]
}
