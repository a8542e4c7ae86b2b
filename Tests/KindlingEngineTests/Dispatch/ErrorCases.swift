// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension ErrorCase {
    static let creation: [ErrorCase] = [
        ErrorCase(.shapeMismatch, "tensor: 3 numbers do not fill the shape [2, 2]; give 4 numbers, or another shape") {
            Tensor([1, 2, 3] as [Float], shape: [2, 2])
        },
        ErrorCase(
            .shapeMismatch,
            "tensor: [2, -1] is not a shape: sizes must be 0 or more and countable; if it came from rows of numbers, "
                + "give every row the same length"
        ) { Tensor([[1.0, 2.0], [3.0]]) },
        ErrorCase(
            .shapeMismatch,
            "full: [-1] is not a shape: sizes must be 0 or more and countable; if it came from rows of numbers, give "
                + "every row the same length"
        ) { zeros(-1) },
        ErrorCase(.shapeMismatch, "full: a tensor of 9 axes is more than the 8 that are supported") {
            zeros(1, 1, 1, 1, 1, 1, 1, 1, 1)
        },
        ErrorCase(
            .shapeMismatch,
            "indices: [-2] is not a shape: sizes must be 0 or more and countable; if it came from rows of numbers, "
                + "give every row the same length"
        ) { .indices(-2) },
        ErrorCase(
            .shapeMismatch,
            "random: [-3] is not a shape: sizes must be 0 or more and countable; if it came from rows of numbers, "
                + "give every row the same length"
        ) {
            var stream = RandomStream(seed: 0)
            return .uniform([-3], from: &stream)
        },
        ErrorCase(
            .shapeMismatch,
            "full: [9223372036854775807, 2] is not a shape: sizes must be 0 or more and countable; if it came from "
                + "rows of numbers, give every row the same length"
        ) { zeros(.max, 2) },
    ]

    static let arithmetic: [ErrorCase] = [
        ErrorCase(
            .shapeMismatch,
            "add: shapes [2, 3] and [2] do not fit: sizes must be equal, or 1; reshape or expand one of them"
        ) { zeros(2, 3) + zeros(2) },
        ErrorCase(
            .shapeMismatch,
            "less: shapes [4] and [3] do not fit: sizes must be equal, or 1; reshape or expand one of them"
        ) { zeros(4) .< zeros(3) },
        ErrorCase(
            .shapeMismatch,
            "select: shapes [2] and [3] and [1] do not fit: sizes must be equal, or 1; reshape or expand one of them"
        ) { zeros(3).selected(where: zeros(2), else: zeros(1)) },
        ErrorCase(
            .deviceMismatch,
            "multiply: tensors on cpu and meta cannot be combined; move one of them with copied(to:)"
        ) { zeros(2) * .zeros([2], on: .meta) },
        ErrorCase(
            .invalidValue,
            "clamp: the upper bound of 1.5 is no whole number, and the tensor is int64; give a whole number, or convert "
                + "the tensor: converted(to: .float32)"
        ) { zeros(2, dtype: .int64).clamped(0...1.5) },
        ErrorCase(
            .invalidValue,
            "clamp: the lower bound of 0.5 is no whole number, and the tensor is int32; give a whole number, or convert "
                + "the tensor: converted(to: .float32)"
        ) { zeros(2, dtype: .int32).clamped(lower: 0.5) },
        ErrorCase(
            .invalidValue,
            "pad: a filling of 0.5 is no whole number, and the tensor is int64; give a whole number, or convert the "
                + "tensor: converted(to: .float32)"
        ) { zeros(2, dtype: .int64).padded([(1, 1)], mode: .constant(0.5)) },
        ErrorCase(
            .invalidValue,
            "maskedFill: a number of -inf is no whole number, and the tensor is int64; give a whole number, or convert "
                + "the tensor: converted(to: .float32)"
        ) { zeros(2, dtype: .int64).maskedFilled(where: zeros(2, dtype: .bool), with: -.infinity) },
        ErrorCase(.invalidAxis, "sum: axis 2 does not exist in shape [2, 3]; use 0 ..< 2, or −1 for the last") {
            zeros(2, 3).sum(over: 2)
        },
        ErrorCase(.invalidAxis, "mean: axis -1 is named twice; use 0 ..< 2, or −1 for the last") {
            zeros(2, 3).mean(over: 1, -1)
        },
        ErrorCase(.invalidAxis, "argmin: axis 1 does not exist in shape [2]; use 0 ..< 1, or −1 for the last") {
            zeros(2).argmin(over: 1)
        },
        ErrorCase(.shapeMismatch, "max: nothing to choose from: shape [0, 3] is empty along the axes") {
            zeros(0, 3).max(over: 0)
        },
        ErrorCase(.shapeMismatch, "argmax: nothing to choose from: shape [2, 0] is empty along the axes") {
            zeros(2, 0).argmax(over: 1)
        },
    ]

    static let shapes: [ErrorCase] = [
        ErrorCase(.shapeMismatch, "reshape: 6 elements of shape [2, 3] do not fill the shape [4, -1]") {
            zeros(2, 3).reshaped(to: [4, -1])
        },
        ErrorCase(.shapeMismatch, "reshape: 6 elements of shape [2, 3] do not fill the shape [-1, -1]") {
            zeros(2, 3).reshaped(to: [-1, -1])
        },
        ErrorCase(.shapeMismatch, "reshape: 6 elements of shape [2, 3] do not fill the shape [9223372036854775807, 2]")
        {
            zeros(2, 3).reshaped(to: [.max, 2])
        },
        ErrorCase(.shapeMismatch, "reshape: a tensor of 9 axes is more than the 8 that are supported") {
            zeros(1).reshaped(to: [1, 1, 1, 1, 1, 1, 1, 1, 1])
        },
        ErrorCase(.shapeMismatch, "reshape: a tensor of 9 axes is more than the 8 that are supported") {
            zeros(1, 1, 1, 1, 1, 1, 1, 1).insertingAxis(at: 0)
        },
        ErrorCase(.invalidAxis, "flatten: axis 2 does not exist in shape [2, 3]") { zeros(2, 3).flattened(from: 2) },
        ErrorCase(.invalidAxis, "insertingAxis: axis 4 does not fit shape [2, 3]") { zeros(2, 3).insertingAxis(at: 4) },
        ErrorCase(
            .invalidAxis, "permute: [0, 0] is not an order of the axes of shape [2, 3]; name every axis 0 ..< 2 once"
        ) { zeros(2, 3).permuted(0, 0) },
        ErrorCase(
            .invalidAxis,
            "permute: [0, 1, 2] is not an order of the axes of shape [2, 3]; name every axis 0 ..< 2 once"
        ) { zeros(2, 3).permuted(0, 1, 2) },
        ErrorCase(.invalidAxis, "transpose: axes -2 and -1 do not both exist in [3]") { zeros(3).transposed() },
        ErrorCase(.indexOutOfRange, "slice: 1..<4 is not within 0 ..< 3, the size of axis 0") {
            zeros(3).sliced(1..<4)
        },
        ErrorCase(.indexOutOfRange, "slice: -1..<2 is not within 0 ..< 3, the size of axis 0") {
            zeros(3).sliced(-1..<2)
        },
        ErrorCase(.invalidAxis, "slice: axis 1 does not exist in shape [3]") { zeros(3).sliced(0..<1, along: 1) },
        ErrorCase(
            .shapeMismatch, "expand: shape [2] cannot be repeated to fill [3]; axes that grow must have size 1"
        ) { zeros(2).expanded(to: [3]) },
        ErrorCase(.shapeMismatch, "concatenate: shapes [2, 3] and [2, 4] differ outside axis 0") {
            .concatenated([zeros(2, 3), zeros(2, 4)])
        },
        ErrorCase(.shapeMismatch, "concatenate: shapes [2, 3] and [2] differ outside axis 1") {
            .concatenated([zeros(2, 3), zeros(2)], along: 1)
        },
        ErrorCase(.invalidAxis, "concatenate: axis 1 does not exist in shape [2]") {
            .concatenated([zeros(2), zeros(2)], along: 1)
        },
        ErrorCase(.invalidValue, "concatenate: there are no tensors to concatenate") { .stacked([]) },
    ]
}
