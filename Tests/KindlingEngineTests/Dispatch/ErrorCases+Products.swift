// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension ErrorCase {
    static let products: [ErrorCase] = [
        ErrorCase(
            .shapeMismatch,
            "matmul: shapes [2, 3] and [4, 5] do not fit: 3 columns meet 4 rows; transpose one of them, or check the "
                + "layer's sizes"
        ) { zeros(2, 3).matmul(zeros(4, 5)) },
        ErrorCase(
            .shapeMismatch,
            "matmul: shapes [1, 3] and [4, 5] do not fit: 3 columns meet 4 rows; transpose one of them, or check the "
                + "layer's sizes"
        ) { zeros(3).matmul(zeros(4, 5)) },
        ErrorCase(
            .shapeMismatch,
            "matmul: shapes [1, 3] and [2, 1] do not fit: 3 columns meet 2 rows; transpose one of them, or check the "
                + "layer's sizes"
        ) { zeros(3).matmul(zeros(2)) },
        ErrorCase(.shapeMismatch, "matmul: leading axes of shapes [2, 2, 3] and [3, 3, 2] do not fit") {
            zeros(2, 2, 3).matmul(zeros(3, 3, 2))
        },
        ErrorCase(.shapeMismatch, "matmul: shapes [] and [2]: a scalar is no matrix; multiply with *") {
            zeros().matmul(zeros(2))
        },
        ErrorCase(
            .dtypeMismatch, "matmul: types float32 and float64 differ; convert one: converted(to: .float32)"
        ) { zeros(2, 2).matmul(zeros(2, 2, dtype: .float64)) },
        ErrorCase(
            .shapeMismatch,
            "linear: an input of shape [2, 3] does not fit a weight of shape [5, 4]; the input's last size must be the "
                + "weight's last, 4"
        ) { zeros(2, 3).linear(weight: zeros(5, 4), bias: nil) },
        ErrorCase(.shapeMismatch, "matmul: a bias of shape [4] does not fit 5 columns") {
            zeros(2, 3).linear(weight: zeros(5, 3), bias: zeros(4))
        },
    ]

    static let pictures: [ErrorCase] = [
        ErrorCase(
            .shapeMismatch,
            "convolution: an input of shape [2, 3] has no spatial axes; give [batch, channels, spatial…] with 1 to 3 "
                + "spatial axes"
        ) { zeros(2, 3).convolved(weight: zeros(2, 3)) },
        ErrorCase(
            .shapeMismatch,
            "convolution: an input of shape [1, 3, 4] does not fit a weight of shape [2, 2, 1] with 1 groups; give a "
                + "weight [O, 3, window…] whose O is a multiple of 1"
        ) { zeros(1, 3, 4).convolved(weight: zeros(2, 2, 1)) },
        ErrorCase(
            .invalidValue,
            "convolution: 3 channels do not fall into 9223372036854775807 groups; use a number of groups that divides "
                + "the input's and the output's channels"
        ) { zeros(1, 3, 4).convolved(weight: zeros(2, 3, 1), groups: .max) },
        ErrorCase(
            .invalidValue,
            "convolution: stride [0] does not fit 1 spatial axes; give one number, or 1, each at least 1"
        ) { zeros(1, 3, 4).convolved(weight: zeros(2, 3, 1), stride: [0]) },
        ErrorCase(
            .shapeMismatch,
            "convolution: a window of size 5 does not fit an axis of 4 elements; use a smaller window or more padding, "
                + "or larger pictures"
        ) { zeros(1, 3, 4).convolved(weight: zeros(2, 3, 5)) },
        ErrorCase(.shapeMismatch, "convolution: a bias of shape [3] does not fit 2 output channels") {
            zeros(1, 3, 4).convolved(weight: zeros(2, 3, 1), bias: zeros(3))
        },
        ErrorCase(
            .dtypeMismatch,
            "convolution: types float32 and float64: input, weight and bias must share one floating-point type"
        ) { zeros(1, 3, 4).convolved(weight: zeros(2, 3, 1, dtype: .float64)) },
        ErrorCase(
            .invalidValue,
            "maxPool: padding 2 is more than half the window of 2; some windows would hold nothing but padding; pad less"
        ) { zeros(1, 1, 4).maxPooled(size: [2], padding: [2]) },
        ErrorCase(
            .invalidValue,
            "averagePool: a window of size [] does not fit 1 spatial axes; give one number, or 1, each at least 1"
        ) { zeros(1, 1, 4).averagePooled(size: []) },
        ErrorCase(.dtypeMismatch, "maxPool: int64 is not a floating-point type") {
            zeros(1, 1, 4, dtype: .int64).maxPooled(size: [2])
        },
    ]

    static let rows: [ErrorCase] = [
        ErrorCase(.invalidAxis, "softmax: axis 1 does not exist in shape [2]") { zeros(2).softmax(over: 1) },
        ErrorCase(.invalidAxis, "logSoftmax: axis -1 does not exist in shape []") { zeros().logSoftmax() },
        ErrorCase(
            .dtypeMismatch, "softmax: int32 is not a floating-point type; convert it: converted(to: .float32)"
        ) { zeros(2, dtype: .int32).softmax() },
        ErrorCase(
            .shapeMismatch,
            "crossEntropy: logits of shape [2, 3] do not fit classes of shape [3]; give logits [N, C] and one class "
                + "number for each row, [N]"
        ) { zeros(2, 3).crossEntropyRows(zeros(3, dtype: .int64)) },
        ErrorCase(
            .dtypeMismatch,
            "crossEntropy: classes of float32 are not whole numbers; give class numbers, or convert them: "
                + "converted(to: .int64)"
        ) { zeros(2, 3).crossEntropyRows(zeros(2)) },
        ErrorCase(.invalidValue, "crossEntropy: a smoothing of 1.5 is not within 0 ... 1") {
            zeros(2, 3).crossEntropyRows(zeros(2, dtype: .int64), smoothing: 1.5)
        },
        ErrorCase(.shapeMismatch, "crossEntropy: weights float32 [2] do not fit 3 classes of float32") {
            zeros(2, 3).crossEntropyRows(zeros(2, dtype: .int64), weights: zeros(2))
        },
        ErrorCase(.shapeMismatch, "gather: a scalar has no slices to pick") {
            zeros().gathered(at: zeros(1, dtype: .int64))
        },
        ErrorCase(
            .dtypeMismatch, "gather: indices of float32 are not whole numbers; convert them: converted(to: .int64)"
        ) { zeros(2).gathered(at: zeros(1)) },
    ]
}
