// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension ErrorCase {
    static let windows: [ErrorCase] = [
        ErrorCase(
            .shapeMismatch,
            "transposed convolution: an input of shape [2, 3] has no spatial axes; give [batch, channels, "
                + "spatial…] with 1 to 3 spatial axes"
        ) { zeros(2, 3).convolvedTransposed(weight: zeros(3, 2)) },
        ErrorCase(
            .shapeMismatch,
            "transposed convolution: an input of shape [1, 3, 4] does not fit a weight of shape [2, 3, 1]; "
                + "give a weight [3, O / groups, window…]"
        ) { zeros(1, 3, 4).convolvedTransposed(weight: zeros(2, 3, 1)) },
        ErrorCase(
            .invalidValue,
            "transposed convolution: 3 channels do not fall into 2 groups; use a number of groups that "
                + "divides the input's channels"
        ) { zeros(1, 3, 4).convolvedTransposed(weight: zeros(3, 1, 1), groups: 2) },
        ErrorCase(
            .invalidValue,
            "transposed convolution: 3 channels do not fall into 9223372036854775807 groups; use a number "
                + "of groups that divides the input's channels"
        ) { zeros(1, 3, 4).convolvedTransposed(weight: zeros(3, 1, 1), groups: .max) },
        ErrorCase(
            .invalidValue,
            "transposed convolution: an output padding of [2] fits neither stride nor dilation; give one number, or "
                + "1, each at least 0 and smaller than the stride or the dilation"
        ) { zeros(1, 3, 4).convolvedTransposed(weight: zeros(3, 1, 1), stride: [2], outputPadding: [2]) },
        ErrorCase(
            .invalidValue,
            "transposed convolution: stride [9223372036854775807] does not fit 1 spatial axes; give one "
                + "number, or 1, each at least 1"
        ) { zeros(1, 3, 4).convolvedTransposed(weight: zeros(3, 1, 1), stride: [.max]) },
        ErrorCase(
            .shapeMismatch,
            "transposed convolution: an axis of 1 elements would become one of 0; use less padding, or a "
                + "picture with elements"
        ) { zeros(1, 3, 1).convolvedTransposed(weight: zeros(3, 1, 2), padding: [1]) },
        ErrorCase(
            .shapeMismatch,
            "transposed convolution: an axis of 0 elements would become one of 1; use less padding, or a "
                + "picture with elements"
        ) { zeros(1, 3, 0).convolvedTransposed(weight: zeros(3, 1, 2)) },
        ErrorCase(.shapeMismatch, "transposed convolution: a bias of shape [3] does not fit 2 output channels") {
            zeros(1, 3, 4).convolvedTransposed(weight: zeros(3, 2, 1), bias: zeros(3))
        },
        ErrorCase(
            .dtypeMismatch,
            "transposed convolution: types float32 and float64: input, weight and bias must share one "
                + "floating-point type"
        ) { zeros(1, 3, 4).convolvedTransposed(weight: zeros(3, 1, 1, dtype: .float64)) },
        ErrorCase(
            .shapeMismatch,
            "convolution: an input of shape [1, 3, 4] does not fit a weight of shape [2, 2, 1] with 1 "
                + "groups; give a weight [O, 3, window…] whose O is a multiple of 1"
        ) { zeros(1, 3, 4).convolved(weight: zeros(2, 2, 1), padding: .same) },
        ErrorCase(
            .invalidValue, "convolution: stride [0] does not fit 1 spatial axes; give one number, or 1, each at least 1"
        ) { zeros(1, 3, 4).convolved(weight: zeros(2, 3, 1), stride: [0], padding: .same) },
        ErrorCase(
            .shapeMismatch,
            "convolution: a window of size 5 does not fit an axis of 4 elements; use a smaller window or "
                + "more padding, or larger pictures"
        ) { zeros(1, 3, 4).convolved(weight: zeros(2, 3, 5), padding: .valid) },
        ErrorCase(
            .invalidValue,
            "maxPool: a window of size [9223372036854775807] does not fit 1 spatial axes; give one number, "
                + "or 1, each at least 1"
        ) { zeros(1, 1, 4).maxPooled(size: [.max], ceilMode: true) },
        ErrorCase(
            .invalidValue, "maxPool: stride [0] does not fit 1 spatial axes; give one number, or 1, each at least 1"
        ) { zeros(1, 1, 4).maxPooled(size: [2], stride: [0], ceilMode: true) },
        ErrorCase(
            .shapeMismatch,
            "maxPool: a window of size 2 does not fit an axis of 0 elements; use a smaller window or more "
                + "padding, or larger pictures"
        ) { zeros(1, 1, 0).maxPooled(size: [2], ceilMode: true) },
        ErrorCase(
            .shapeMismatch,
            "adaptiveAveragePooled: an input of shape [2, 3] has no spatial axes; give [batch, channels, "
                + "spatial…] with 1 to 3 spatial axes"
        ) { zeros(2, 3).adaptiveAveragePooled(to: [1]) },
        ErrorCase(
            .invalidValue,
            "adaptiveAveragePooled: a size of [0] does not fit 1 spatial axes; give one number, or 1, each "
                + "at least 1"
        ) { zeros(1, 3, 4).adaptiveAveragePooled(to: [0]) },
        ErrorCase(
            .invalidValue,
            "adaptiveAveragePooled: a size of [9223372036854775807] does not fit 1 spatial axes; give one "
                + "number, or 1, each at least 1"
        ) { zeros(1, 3, 4).adaptiveAveragePooled(to: [.max]) },
        ErrorCase(
            .shapeMismatch,
            "adaptiveAveragePooled: an input of shape [1, 3, 0] has no elements to choose from; give "
                + "pictures with elements"
        ) { zeros(1, 3, 0).adaptiveAveragePooled(to: [1]) },
        ErrorCase(
            .dtypeMismatch,
            "adaptiveAveragePooled: int32 is not a floating-point type; convert it: converted(to: .float32)"
        ) { zeros(1, 3, 4, dtype: .int32).adaptiveAveragePooled(to: [1]) },
        ErrorCase(
            .invalidValue,
            "adaptiveMaxPooled: a size of [1, 1] does not fit 1 spatial axes; give one number, or 1, each "
                + "at least 1"
        ) { zeros(1, 3, 4).adaptiveMaxPooled(to: [1, 1]) },
        ErrorCase(
            .invalidValue,
            "adaptiveMaxPooled: a size of [] does not fit 1 spatial axes; give one number, or 1, each at "
                + "least 1"
        ) { zeros(1, 3, 4).adaptiveMaxPooled(to: []) },
        ErrorCase(
            .dtypeMismatch, "adaptiveMaxPooled: bool is not a floating-point type; convert it: converted(to: .float32)"
        ) { zeros(1, 3, 4, dtype: .bool).adaptiveMaxPooled(to: [1]) },
        ErrorCase(
            .shapeMismatch,
            "globalAveragePooled: an input of shape [2, 3] has no spatial axes; give [batch, channels, "
                + "spatial…] with 1 to 3 spatial axes"
        ) { zeros(2, 3).globalAveragePooled() },
        ErrorCase(
            .shapeMismatch,
            "globalAveragePooled: an input of shape [1, 1, 1, 1, 1, 1] has no spatial axes; give [batch, "
                + "channels, spatial…] with 1 to 3 spatial axes"
        ) { zeros(1, 1, 1, 1, 1, 1).globalAveragePooled() },
        ErrorCase(
            .dtypeMismatch,
            "globalAveragePooled: int64 is not a floating-point type; convert it: converted(to: .float32)"
        ) { zeros(1, 3, 4, dtype: .int64).globalAveragePooled() },
        ErrorCase(
            .shapeMismatch,
            "globalMaxPooled: an input of shape [2, 3] has no spatial axes; give [batch, channels, "
                + "spatial…] with 1 to 3 spatial axes"
        ) { zeros(2, 3).globalMaxPooled() },
        ErrorCase(.shapeMismatch, "globalMaxPooled: nothing to choose from: shape [1, 3, 0] is empty along the axes") {
            zeros(1, 3, 0).globalMaxPooled()
        },
        ErrorCase(
            .dtypeMismatch, "globalMaxPooled: uint8 is not a floating-point type; convert it: converted(to: .float32)"
        ) { zeros(1, 3, 4, dtype: .uint8).globalMaxPooled() },
        ErrorCase(
            .shapeMismatch,
            "interpolated: an input of shape [2, 3] has no spatial axes; give [batch, channels, spatial…] "
                + "with 1 to 3 spatial axes"
        ) { zeros(2, 3).interpolated(to: [4], mode: .nearest) },
        ErrorCase(
            .shapeMismatch,
            "interpolated: an input of shape [1, 3, 0] has no elements to choose from; give pictures with "
                + "elements"
        ) { zeros(1, 3, 0).interpolated(to: [4], mode: .linear) },
        ErrorCase(
            .invalidValue,
            "interpolated: a size of [0] does not fit 1 spatial axes; give one number, or 1, each at least 1"
        ) { zeros(1, 3, 4).interpolated(to: [0], mode: .linear) },
        ErrorCase(
            .invalidValue,
            "interpolated: a size of [9223372036854775807] does not fit 1 spatial axes; give one number, or "
                + "1, each at least 1"
        ) { zeros(1, 3, 4).interpolated(to: [.max], mode: .cubic) },
        ErrorCase(
            .invalidValue,
            "interpolated: corners cannot be aligned in mode nearest; use mode linear or cubic, or leave "
                + "alignCorners out"
        ) { zeros(1, 3, 4).interpolated(to: [4], mode: .nearest, alignCorners: true) },
        ErrorCase(
            .invalidValue, "interpolated: a scale of [-1.0] does not fit 1 spatial axes; give one positive number, or 1"
        ) { zeros(1, 3, 4).interpolated(scale: [-1], mode: .nearest) },
        ErrorCase(
            .invalidValue, "interpolated: a scale of [nan] does not fit 1 spatial axes; give one positive number, or 1"
        ) { zeros(1, 3, 4).interpolated(scale: [.nan], mode: .linear) },
        ErrorCase(
            .invalidValue,
            "interpolated: a size of [0] does not fit 1 spatial axes; give one number, or 1, each at least 1"
        ) { zeros(1, 3, 4).interpolated(scale: [0.2], mode: .linear) },
        ErrorCase(
            .dtypeMismatch, "interpolated: uint8 is not a floating-point type; convert it: converted(to: .float32)"
        ) { zeros(1, 3, 4, dtype: .uint8).interpolated(to: [2], mode: .linear) },
    ]
}
