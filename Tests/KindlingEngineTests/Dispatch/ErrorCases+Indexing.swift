// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension ErrorCase {
    static let indexing: [ErrorCase] = brackets + picked + put

    private static func whole(_ numbers: Int...) -> Tensor { Tensor(numbers) }

    private static let brackets: [ErrorCase] = [
        ErrorCase(
            .indexOutOfRange, "index: index 3 is outside axis 0, which has size 3; give an index in -3 ... 2"
        ) { zeros(3)[3] },
        ErrorCase(
            .indexOutOfRange, "index: index \(Int.min) is outside axis 1, which has size 2; give an index in -2 ... 1"
        ) { zeros(3, 2)[0, Int.min] },
        ErrorCase(.indexOutOfRange, "index: index 0 is outside axis 0, which has size 0; the axis is empty") {
            zeros(0)[0]
        },
        ErrorCase(.invalidAxis, "index: 2 indices are more than shape [3] has axes") { zeros(3)[0, 0] },
        ErrorCase(.invalidAxis, "index: more than one .ellipsis leaves open which axes are meant") {
            zeros(3)[.ellipsis, .ellipsis]
        },
        ErrorCase(
            .shapeMismatch, "index: a tensor of 9 axes is more than the 8 that are supported"
        ) { zeros(3)[.newAxis, .newAxis, .newAxis, .newAxis, .newAxis, .newAxis, .newAxis, .newAxis] },
        ErrorCase(.indexOutOfRange, "index: 1..<4 by 1 does not fit axis 0, which has size 3") { zeros(3)[1..<4] },
        ErrorCase(
            .indexOutOfRange, "index: 0..<\(Int.max) by 1 does not fit axis 0, which has size 3"
        ) { zeros(3)[0...(Int.max)] },
        ErrorCase(.indexOutOfRange, "index: ..<-4 by 1 does not fit axis 0, which has size 3") { zeros(3)[..<(-4)] },
        ErrorCase(.indexOutOfRange, "index: -1..<1 by 1 does not fit axis 0, which has size 3") { zeros(3)[(-1)..<1] },
        ErrorCase(.indexOutOfRange, "index: 3..< by -1 does not fit axis 0, which has size 3") {
            zeros(3)[.every(-1, from: 3)]
        },
        ErrorCase(
            .indexOutOfRange, "index: a step of 0 goes nowhere; use 1, or -1 to go backwards"
        ) { zeros(3)[.every(0)] },
        ErrorCase(
            .dtypeMismatch, "index: indices of float32 are not whole numbers; convert them: converted(to: .int64)"
        ) { zeros(3)[zeros(1)] },
        ErrorCase(
            .shapeMismatch,
            "index: a mask of shape [2] does not fit shape [3] from axis 0 on; its sizes must be those of the axes that "
                + "it stands for"
        ) { zeros(3)[zeros(2, dtype: .bool)] },
        ErrorCase(
            .shapeMismatch,
            "index: a mask of shape [3, 1] does not fit shape [2, 3] from axis 1 on; its sizes must be those of the axes "
                + "that it stands for"
        ) { zeros(2, 3)[0, zeros(3, 1, dtype: .bool)] },
        ErrorCase(
            .shapeMismatch,
            "index: a mask of shape [] does not fit shape [3] from axis 0 on; its sizes must be those of the axes that "
                + "it stands for"
        ) { zeros(3)[zeros(dtype: .bool)] },
        ErrorCase(
            .unsupported,
            "index: tensors of indices must stand next to each other; permute the axes first, or index in two steps"
        ) { zeros(2, 2, 2)[whole(0), .all, whole(1)] },
        ErrorCase(
            .shapeMismatch,
            "index: tensors of indices of shapes [2] and [3] do not fit each other; sizes must be equal, or 1"
        ) { zeros(2, 2)[whole(0, 1), whole(0, 1, 1)] },
        ErrorCase(
            .indexOutOfRange,
            "gather: index 5 at place 1 is outside of the first axis, which has size 2; give indices in -2 ... 1"
        ) { zeros(3, 2)[.all, whole(0, 5)] },
    ]

    private static let picked: [ErrorCase] = [
        ErrorCase(.invalidAxis, "gather: axis 2 does not exist in shape [3, 2]; use 0 ..< 2, or -1 for the last") {
            zeros(3, 2).gathered(at: whole(0), along: 2)
        },
        ErrorCase(
            .dtypeMismatch, "gather: indices of float64 are not whole numbers; convert them: converted(to: .int64)"
        ) { zeros(3, 2).gathered(at: zeros(1, dtype: .float64), along: 1) },
        ErrorCase(
            .indexOutOfRange,
            "gather: index -3 at place 0 is outside of the first axis, which has size 2; give indices in -2 ... 1"
        ) { zeros(3, 2).gathered(at: whole(-3), along: 1) },
        ErrorCase(
            .indexOutOfRange,
            "gather: index \(Int.max) at place 0 is outside of the first axis, which has size 0; the tensor is empty: give "
                + "no indices"
        ) { zeros(3, 0).gathered(at: whole(.max), along: 1) },
        ErrorCase(
            .shapeMismatch,
            "takeAlong: indices of shape [2] do not fit shape [3, 2] along axis 0; give as many axes, each of the same "
                + "size or 1, except axis 0"
        ) { zeros(3, 2).taken(at: whole(0, 1), along: 0) },
        ErrorCase(
            .shapeMismatch,
            "takeAlong: indices of shape [2, 1] do not fit shape [3, 2] along axis 1; give as many axes, each of the same "
                + "size or 1, except axis 1"
        ) { zeros(3, 2).taken(at: zeros(2, 1, dtype: .int64), along: 1) },
        ErrorCase(
            .dtypeMismatch, "takeAlong: indices of float32 are not whole numbers; convert them: converted(to: .int64)"
        ) { zeros(3).taken(at: zeros(3), along: 0) },
        ErrorCase(
            .indexOutOfRange,
            "gather: index 3 at place 1 is outside of the first axis, which has size 3; give indices in -3 ... 2"
        ) { zeros(3).taken(at: whole(0, 3), along: 0) },
        ErrorCase(
            .shapeMismatch,
            "maskedFill: a mask of shape [2] does not fit shape [3]; its sizes must be the tensor's, or 1"
        ) { zeros(3).maskedFilled(where: zeros(2, dtype: .bool), with: 1) },
        ErrorCase(
            .shapeMismatch,
            "maskedFill: a mask of shape [2, 3] does not fit shape [3]; its sizes must be the tensor's, or 1"
        ) { zeros(3).maskedFilled(where: zeros(2, 3, dtype: .bool), with: 1) },
        ErrorCase(
            .shapeMismatch,
            "maskedFill: a mask of shape [0] does not fit shape []; its sizes must be the tensor's, or 1"
        ) { zeros().maskedFilled(where: zeros(0, dtype: .bool), with: .nan) },
        ErrorCase(
            .shapeMismatch,
            "maskedSelect: a mask of shape [2] does not fit shape [3]; its sizes must be the tensor's, or 1"
        ) { zeros(3).maskedSelected(zeros(2, dtype: .bool)) },
        ErrorCase(
            .shapeMismatch,
            "maskedSelect: a mask of shape [1, 3] does not fit shape [3]; its sizes must be the tensor's, or 1"
        ) { zeros(3).maskedSelected(zeros(1, 3, dtype: .bool)) },
        ErrorCase(
            .unsupported,
            "read: a tensor on the device 'meta' has no elements; compute on 'cpu' when values are needed"
        ) {
            Tensor.zeros([3], on: .meta).maskedSelected(.zeros([3], on: .meta))
        },
    ]

    private static let put: [ErrorCase] = [
        ErrorCase(
            .shapeMismatch,
            "scatter: values of shape [3] do not fill the shape [2]; give one value for each index, or sizes of 1 that "
                + "repeat"
        ) { zeros(3).scattered(zeros(3), at: whole(0, 1), along: 0) },
        ErrorCase(.invalidAxis, "scatter: axis 1 does not exist in shape [3]; use 0 ..< 1, or -1 for the last") {
            zeros(3).scattered(zeros(1), at: whole(0), along: 1)
        },
        ErrorCase(
            .indexOutOfRange,
            "gather: index \(Int.max) at place 0 is outside of the first axis, which has size 3; give indices in -3 ... 2"
        ) { zeros(3).scattered(zeros(1), at: whole(.max), along: 0) },
        ErrorCase(
            .shapeMismatch,
            "scatterAdd: values of shape [1, 2] do not fill the shape [2]; give one value for each index, or sizes of 1 "
                + "that repeat"
        ) { zeros(3).scatterAdded(zeros(1, 2), at: whole(0, 1), along: 0) },
        ErrorCase(
            .dtypeMismatch,
            "scatterAdd: a mask of bool is no tensor of indices; use maskedSelected(_:), or nonZeroIndices() for the "
                + "mask's indices"
        ) { zeros(3).scatterAdded(zeros(1), at: zeros(1, dtype: .bool), along: 0) },
        ErrorCase(
            .invalidAxis, "scatterAdd: axis \(Int.min) does not exist in shape [3]; use 0 ..< 1, or -1 for the last"
        ) { zeros(3).scatterAdded(zeros(1), at: whole(0), along: .min) },
        ErrorCase(
            .shapeMismatch,
            "replace: values of shape [3] do not fill the shape [2]; give one value for each index, or sizes of 1 that "
                + "repeat"
        ) { zeros(3).replacing(1..., with: zeros(3)) },
        ErrorCase(
            .indexOutOfRange, "index: index 4 is outside axis 0, which has size 3; give an index in -3 ... 2"
        ) { zeros(3).replacing(4, with: zeros()) },
        ErrorCase(
            .dtypeMismatch, "index: indices of float32 are not whole numbers; convert them: converted(to: .int64)"
        ) { zeros(3).replacing(zeros(1), with: zeros()) },
    ]
}
