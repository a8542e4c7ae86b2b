// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension ErrorCase {
    static let normalizations: [ErrorCase] = [
        ErrorCase(.shapeMismatch, "batchNormalized: shape [3] has fewer than 2 axes; give [batch, channels, …]") {
            zeros(3).batchNormalized(mean: zeros(3), variance: zeros(3))
        },
        ErrorCase(.shapeMismatch, "batchNormalized: a mean of shape [2] does not fit; give it the shape [3]") {
            zeros(2, 3).batchNormalized(mean: zeros(2), variance: zeros(3))
        },
        ErrorCase(
            .dtypeMismatch, "batchNormalized: int32 is not a floating-point type; convert it: converted(to: .float32)"
        ) { zeros(2, 3, dtype: .int32).batchNormalized(mean: zeros(3), variance: zeros(3)) },
        ErrorCase(
            .invalidValue, "batchNormalized: an epsilon of 0.0 is not a positive number; use a small one, such as 1e-5"
        ) { zeros(2, 3).batchNormalized(mean: zeros(3), variance: zeros(3), epsilon: 0) },
        ErrorCase(.shapeMismatch, "batchNormalized: shape [3] has fewer than 2 axes; give [batch, channels, …]") {
            zeros(3).batchNormalized().result
        },
        ErrorCase(.shapeMismatch, "batchNormalized: a weight of shape [2] does not fit; give it the shape [3]") {
            zeros(2, 3).batchNormalized(weight: zeros(2)).result
        },
        ErrorCase(.shapeMismatch, "batchNormalized: a batch of shape [0, 3] has no mean; leave empty batches out") {
            zeros(0, 3).batchNormalized().mean
        },
        ErrorCase(
            .dtypeMismatch,
            "batchNormalized: a bias of int64 is not floating-point; convert it: converted(to: .float32)"
        ) { zeros(2, 3).batchNormalized(bias: zeros(3, dtype: .int64)).result },
        ErrorCase(
            .invalidValue, "batchNormalized: an epsilon of nan is not a positive number; use a small one, such as 1e-5"
        ) { zeros(2, 3).batchNormalized(epsilon: .nan).variance },
        ErrorCase(.invalidAxis, "layerNormalized: shape [2, 3] has no last 0 axes to normalize over; use 1 ... 2") {
            zeros(2, 3).layerNormalized(overLast: 0)
        },
        ErrorCase(
            .invalidAxis,
            "layerNormalized: shape [2, 3] has no last 9223372036854775807 axes to normalize over; use 1 "
                + "... 2"
        ) { zeros(2, 3).layerNormalized(overLast: .max) },
        ErrorCase(.shapeMismatch, "layerNormalized: shape [] has fewer than 1 axes; give it an axis: reshaped(to: [1])")
        { zeros().layerNormalized() },
        ErrorCase(.shapeMismatch, "layerNormalized: a weight of shape [2] does not fit; give it the shape [3]") {
            zeros(2, 3).layerNormalized(weight: zeros(2))
        },
        ErrorCase(
            .dtypeMismatch, "layerNormalized: bool is not a floating-point type; convert it: converted(to: .float32)"
        ) { zeros(2, dtype: .bool).layerNormalized() },
        ErrorCase(
            .invalidValue, "layerNormalized: an epsilon of -1.0 is not a positive number; use a small one, such as 1e-5"
        ) { zeros(2, 3).layerNormalized(epsilon: -1) },
        ErrorCase(.invalidAxis, "rmsNormalized: shape [2, 3] has no last 3 axes to normalize over; use 1 ... 2") {
            zeros(2, 3).rmsNormalized(overLast: 3)
        },
        ErrorCase(.shapeMismatch, "rmsNormalized: a weight of shape [3] does not fit; give it the shape [2, 3]") {
            zeros(2, 3).rmsNormalized(overLast: 2, weight: zeros(3))
        },
        ErrorCase(
            .dtypeMismatch, "rmsNormalized: uint8 is not a floating-point type; convert it: converted(to: .float32)"
        ) { zeros(2, dtype: .uint8).rmsNormalized() },
        ErrorCase(
            .invalidValue, "rmsNormalized: an epsilon of inf is not a positive number; use a small one, such as 1e-5"
        ) { zeros(2).rmsNormalized(epsilon: .infinity) },
        ErrorCase(
            .invalidValue,
            "groupNormalized: 4 channels do not fall into 3 groups; use a number of groups that divides the "
                + "channels"
        ) { zeros(2, 4).groupNormalized(groups: 3) },
        ErrorCase(
            .invalidValue,
            "groupNormalized: 4 channels do not fall into 0 groups; use a number of groups that divides the "
                + "channels"
        ) { zeros(2, 4).groupNormalized(groups: 0) },
        ErrorCase(
            .invalidValue,
            "groupNormalized: 4 channels do not fall into 9223372036854775807 groups; use a number of "
                + "groups that divides the channels"
        ) { zeros(2, 4).groupNormalized(groups: .max) },
        ErrorCase(.shapeMismatch, "groupNormalized: shape [4] has fewer than 2 axes; give [batch, channels, …]") {
            zeros(4).groupNormalized(groups: 2)
        },
        ErrorCase(.shapeMismatch, "groupNormalized: a bias of shape [2] does not fit; give it the shape [4]") {
            zeros(2, 4).groupNormalized(groups: 2, bias: zeros(2))
        },
        ErrorCase(.shapeMismatch, "instanceNormalized: shape [2, 4] has fewer than 3 axes; give [batch, channels, …]") {
            zeros(2, 4).instanceNormalized()
        },
        ErrorCase(
            .dtypeMismatch,
            "instanceNormalized: int64 is not a floating-point type; convert it: converted(to: .float32)"
        ) { zeros(2, 4, 1, dtype: .int64).instanceNormalized() },
        ErrorCase(.shapeMismatch, "instanceNormalized: a weight of shape [1] does not fit; give it the shape [4]") {
            zeros(2, 4, 1).instanceNormalized(weight: zeros(1))
        },
        ErrorCase(.invalidAxis, "l2Normalized: axis 2 does not exist in shape [2, 3]; use 0 ..< 2, or −1 for the last")
        { zeros(2, 3).l2Normalized(along: 2) },
        ErrorCase(
            .invalidAxis,
            "l2Normalized: axis -9223372036854775808 does not exist in shape [2, 3]; use 0 ..< 2, or −1 for "
                + "the last"
        ) { zeros(2, 3).l2Normalized(along: .min) },
        ErrorCase(
            .dtypeMismatch, "l2Normalized: int32 is not a floating-point type; convert it: converted(to: .float32)"
        ) { zeros(2, dtype: .int32).l2Normalized() },
        ErrorCase(
            .invalidValue, "l2Normalized: an epsilon of 0.0 is not a positive number; use a small one, such as 1e-5"
        ) { zeros(2).l2Normalized(epsilon: 0) },
        ErrorCase(
            .shapeMismatch, "localResponseNormalized: shape [2, 3] has fewer than 3 axes; give [batch, channels, …]"
        ) { zeros(2, 3).localResponseNormalized(size: 2) },
        ErrorCase(.invalidValue, "localResponseNormalized: 0 channels are no neighbourhood; use 1 or more") {
            zeros(2, 3, 1).localResponseNormalized(size: 0)
        },
        ErrorCase(
            .invalidValue, "localResponseNormalized: 9223372036854775807 channels are no neighbourhood; use 1 or more"
        ) { zeros(2, 3, 1).localResponseNormalized(size: .max) },
        ErrorCase(
            .invalidValue,
            "localResponseNormalized: a constant of 0.0 is not a positive number"
        ) { zeros(2, 3, 1).localResponseNormalized(size: 1, constant: 0) },
        ErrorCase(.invalidValue, "dropout: a probability of 1.5 is not within 0 ... 1") { dropped(zeros(2), 1.5) },
        ErrorCase(.invalidValue, "dropout: a probability of -0.1 is not within 0 ... 1") { dropped(zeros(2), -0.1) },
        ErrorCase(.invalidValue, "dropout: a probability of nan is not within 0 ... 1") { dropped(zeros(2), .nan) },
        ErrorCase(.dtypeMismatch, "dropout: int64 is not a floating-point type; convert it: converted(to: .float32)") {
            dropped(zeros(2, dtype: .int64), 0.5)
        },
    ]

    private static func dropped(_ x: Tensor, _ probability: Double) -> Tensor {
        var stream = RandomStream(seed: 7)
        return x.dropout(probability: probability, from: &stream)
    }
}
