// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension ErrorCase {
    static let arrangements: [ErrorCase] = axesMistaken + countsMistaken + paddingsMistaken + matricesMistaken

    private static let axesMistaken: [ErrorCase] = [
        ErrorCase(
            .shapeMismatch,
            "squeeze: axis 1 of shape [1, 2] has size 2; only axes of size 1 can go away; pick one index, or reduce over it"
        ) { zeros(1, 2).squeezed(1) },
        ErrorCase(.invalidAxis, "squeeze: axis 2 does not exist in shape [1, 2]; use 0 ..< 2, or -1 for the last") {
            zeros(1, 2).squeezed(2)
        },
        ErrorCase(.invalidAxis, "squeeze: axis -2 is named twice") { zeros(1, 1).squeezed(0, -2) },
        ErrorCase(.invalidAxis, "movingAxis: axis 2 does not exist in shape [1, 2]; use 0 ..< 2, or -1 for the last") {
            zeros(1, 2).movingAxis(2, to: 0)
        },
        ErrorCase(
            .invalidAxis,
            "movingAxis: axis \(Int.min) does not exist in shape [1, 2]; use 0 ..< 2, or -1 for the last"
        ) { zeros(1, 2).movingAxis(0, to: .min) },
        ErrorCase(.invalidAxis, "movingAxis: axis 0 does not exist in shape []; a scalar has no axes") {
            zeros().movingAxis(0, to: 0)
        },
        ErrorCase(.invalidAxis, "flip: axis 2 does not exist in shape [2, 3]; use 0 ..< 2, or -1 for the last") {
            zeros(2, 3).flipped(over: 2)
        },
        ErrorCase(.invalidAxis, "flip: axis -1 is named twice") { zeros(2, 3).flipped(over: 1, -1) },
        ErrorCase(
            .invalidAxis, "flip: axis \(Int.max) does not exist in shape [2]; use 0 ..< 1, or -1 for the last"
        ) { zeros(2).flipped(over: .max) },
        ErrorCase(.invalidAxis, "roll: axis 1 does not exist in shape [2]; use 0 ..< 1, or -1 for the last") {
            zeros(2).rolled(by: 1, along: 1)
        },
        ErrorCase(.invalidAxis, "roll: axis 0 does not exist in shape []; a scalar has no axes") {
            zeros().rolled(by: 1)
        },
        ErrorCase(
            .invalidAxis, "roll: axis \(Int.min) does not exist in shape [2]; use 0 ..< 1, or -1 for the last"
        ) { zeros(2).rolled(by: .min, along: .min) },
        ErrorCase(
            .shapeMismatch,
            "broadcast: shapes [2] and [3] do not fit: sizes must be equal, or 1; reshape one of them"
        ) { Tensor.broadcast([zeros(2), zeros(3)])[1] },
        ErrorCase(
            .shapeMismatch,
            "broadcast: shapes [1] and [2, 3] and [4] do not fit: sizes must be equal, or 1; reshape one of them"
        ) { Tensor.broadcast([zeros(1), zeros(2, 3), zeros(4)])[0] },
        ErrorCase(
            .shapeMismatch,
            "broadcast: shapes [0] and [2] do not fit: sizes must be equal, or 1; reshape one of them"
        ) { Tensor.broadcast([zeros(0), zeros(2)])[0] },
    ]

    private static let countsMistaken: [ErrorCase] = [
        ErrorCase(
            .invalidValue,
            "tile: -1 is no number of times to repeat an axis of size 2; give a count of 0 or more whose result can be "
                + "addressed"
        ) { zeros(2).tiled(-1) },
        ErrorCase(
            .invalidValue,
            "tile: \(Int.max) is no number of times to repeat an axis of size 1; give a count of 0 or more whose result "
                + "can be addressed"
        ) { zeros(2).tiled(.max, 1) },
        ErrorCase(.shapeMismatch, "tile: 9 counts give more than 8 axes") { zeros(2).tiled(1, 1, 1, 1, 1, 1, 1, 1, 1) },
        ErrorCase(
            .invalidValue,
            "repeat: -2 is no number of times to repeat an axis of size 2; give a count of 0 or more whose result can be "
                + "addressed"
        ) { zeros(2).repeated(-2) },
        ErrorCase(
            .invalidValue,
            "repeat: \(Int.max) is no number of times to repeat an axis of size 2; give a count of 0 or more whose "
                + "result can be addressed"
        ) { zeros(2).repeated(.max) },
        ErrorCase(.invalidAxis, "repeat: axis 1 does not exist in shape [2]; use 0 ..< 1, or -1 for the last") {
            zeros(2).repeated(2, along: 1)
        },
        ErrorCase(
            .shapeMismatch,
            "split: sizes [1, 2] do not divide axis 0 of shape [4]; give sizes of 0 or more whose sum is 4"
        ) { zeros(4).split(into: [1, 2])[1] },
        ErrorCase(
            .shapeMismatch,
            "split: sizes [5, -1] do not divide axis 0 of shape [4]; give sizes of 0 or more whose sum is 4"
        ) { zeros(4).split(into: [5, -1])[1] },
        ErrorCase(
            .shapeMismatch,
            "split: sizes [2, \(Int.max)] do not divide axis 0 of shape [4]; give sizes of 0 or more whose sum is 4"
        ) { zeros(4).split(into: [2, .max])[1] },
        ErrorCase(
            .shapeMismatch, "split: sizes [] do not divide axis 0 of shape [4]; give sizes of 0 or more whose sum is 4"
        ) { zeros(4).split(into: [])[0] },
        ErrorCase(.invalidAxis, "split: axis 1 does not exist in shape [4]; use 0 ..< 1, or -1 for the last") {
            zeros(4).split(into: [4], along: 1)[0]
        },
        ErrorCase(
            .invalidValue, "split: a stretch of 0 cannot fill axis 0 of [4]; give a size of at least 1"
        ) { zeros(4).split(size: 0)[0] },
        ErrorCase(
            .invalidValue, "split: a stretch of -3 cannot fill axis 0 of [4]; give a size of at least 1"
        ) { zeros(4).split(size: -3)[0] },
        ErrorCase(.invalidAxis, "split: axis -2 does not exist in shape [4]; use 0 ..< 1, or -1 for the last") {
            zeros(4).split(size: .max, along: -2)[0]
        },
        ErrorCase(
            .invalidValue,
            "chunk: axis 0 of shape [4] does not fall into 5 parts; give a number of parts in 1 ... 4"
        ) { zeros(4).chunked(5)[4] },
        ErrorCase(
            .invalidValue,
            "chunk: axis 1 of shape [4, 0] does not fall into 0 parts; give a number of parts in 1 ... 1"
        ) { zeros(4, 0).chunked(0, along: 1)[0] },
        ErrorCase(
            .invalidValue,
            "chunk: axis 0 of shape [4] does not fall into \(Int.max) parts; give a number of parts in 1 ... 4"
        ) { zeros(4).chunked(.max)[9] },
        ErrorCase(.invalidAxis, "chunk: axis 1 does not exist in shape [4]; use 0 ..< 1, or -1 for the last") {
            zeros(4).chunked(2, along: 1)[1]
        },
    ]

    private static let paddingsMistaken: [ErrorCase] = [
        ErrorCase(
            .invalidAxis, "pad: 2 pairs of widths do not fit shape [3]; give at most one pair for each axis"
        ) { zeros(3).padded([(0, 0), (1, 1)]) },
        ErrorCase(
            .invalidValue,
            "pad: widths (-1, 0) do not fit axis 0 of shape [3]; give widths in 0 ... \(Int.max >> 5); to cut instead, "
                + "use sliced(_:along:)"
        ) { zeros(3).padded([(-1, 0)]) },
        ErrorCase(
            .invalidValue,
            "pad: widths (0, \(Int.max)) do not fit axis 0 of shape [3]; give widths in 0 ... \(Int.max >> 5); to cut "
                + "instead, use sliced(_:along:)"
        ) { zeros(3).padded([(0, .max)], mode: .constant(1)) },
        ErrorCase(
            .shapeMismatch,
            "pad: [576460752303423488, 3] is not a shape: sizes must be 0 or more and countable; if it came from rows of "
                + "numbers, give every row the same length"
        ) { zeros(2, 3).padded([(Int.max >> 5, Int.max >> 5), (0, 0)]) },
        ErrorCase(
            .invalidValue,
            "pad: widths (3, 0) do not fit axis 0 of shape [3]; give widths in 0 ... 2; to cut instead, use "
                + "sliced(_:along:)"
        ) { zeros(3).padded([(3, 0)], mode: .reflect) },
        ErrorCase(
            .invalidValue,
            "pad: widths (0, 4) do not fit axis 0 of shape [3]; give widths in 0 ... 3; to cut instead, use "
                + "sliced(_:along:)"
        ) { zeros(3).padded([(0, 4)], mode: .circular) },
        ErrorCase(
            .invalidValue,
            "pad: widths (1, 0) do not fit axis 0 of shape [0]; give widths in 0 ... 0; to cut instead, use "
                + "sliced(_:along:)"
        ) { zeros(0).padded([(1, 0)], mode: .replicate) },
    ]

    private static let matricesMistaken: [ErrorCase] = [
        ErrorCase(
            .shapeMismatch, "upperTriangle: shape [2] is no matrix; give a tensor of at least two axes"
        ) { zeros(2).upperTriangle() },
        ErrorCase(
            .shapeMismatch, "upperTriangle: shape [] is no matrix; give a tensor of at least two axes"
        ) { zeros().upperTriangle(diagonal: .min) },
        ErrorCase(
            .shapeMismatch, "lowerTriangle: shape [2] is no matrix; give a tensor of at least two axes"
        ) { zeros(2).lowerTriangle() },
        ErrorCase(
            .shapeMismatch, "lowerTriangle: shape [0] is no matrix; give a tensor of at least two axes"
        ) { zeros(0, dtype: .bool).lowerTriangle(diagonal: .max) },
        ErrorCase(.invalidAxis, "diagonal: axis -2 does not exist in shape [2]; use 0 ..< 1, or -1 for the last") {
            zeros(2).diagonal()
        },
        ErrorCase(.invalidAxis, "diagonal: axis -2 is named twice") { zeros(2, 2).diagonal(rows: 0, columns: -2) },
        ErrorCase(
            .invalidAxis, "diagonal: axis \(Int.max) does not exist in shape [2, 2]; use 0 ..< 2, or -1 for the last"
        ) { zeros(2, 2).diagonal(offset: .min, columns: .max) },
        ErrorCase(.shapeMismatch, "diagonalMatrix: a scalar fills no diagonal; reshape it to [1]") {
            zeros().diagonalMatrix()
        },
        ErrorCase(
            .invalidValue,
            "diagonalMatrix: diagonal \(Int.min) of shape [2] makes no matrix that can be addressed; use a smaller "
                + "offset, or fewer axes"
        ) { zeros(2).diagonalMatrix(offset: .min) },
        ErrorCase(
            .invalidValue,
            "diagonalMatrix: diagonal 0 of shape [1, 1, 1, 1, 1, 1, 1, 1] makes no matrix that can be addressed; use a "
                + "smaller offset, or fewer axes"
        ) { zeros(1, 1, 1, 1, 1, 1, 1, 1).diagonalMatrix() },
        ErrorCase(.shapeMismatch, "trace: shape [2] is no matrix; give a tensor of at least two axes") {
            zeros(2).trace()
        },
        ErrorCase(.shapeMismatch, "trace: shape [] is no matrix; give a tensor of at least two axes") {
            zeros().trace(offset: .max)
        },
        ErrorCase(.shapeMismatch, "trace: shape [0] is no matrix; give a tensor of at least two axes") {
            zeros(0).trace(offset: .min)
        },
        ErrorCase(
            .shapeMismatch,
            "pixelShuffle: shape [6, 2, 2] does not fit the factor 2; give [channels, height, width] with channels a "
                + "multiple of the factor's square"
        ) { zeros(6, 2, 2).pixelShuffled(by: 2) },
        ErrorCase(
            .shapeMismatch,
            "pixelShuffle: shape [4, 2] does not fit the factor 2; give [channels, height, width] with channels a "
                + "multiple of the factor's square"
        ) { zeros(4, 2).pixelShuffled(by: 2) },
        ErrorCase(
            .shapeMismatch,
            "pixelShuffle: shape [4, 2, 2] does not fit the factor \(Int.max); give [channels, height, width] with "
                + "channels a multiple of the factor's square"
        ) { zeros(4, 2, 2).pixelShuffled(by: .max) },
        ErrorCase(
            .shapeMismatch,
            "pixelUnshuffle: shape [1, 3, 2] does not fit the factor 2; give [channels, height, width] with sizes that "
                + "are multiples of the factor"
        ) { zeros(1, 3, 2).pixelUnshuffled(by: 2) },
        ErrorCase(
            .shapeMismatch,
            "pixelUnshuffle: shape [1, 2, 2] does not fit the factor 0; give [channels, height, width] with sizes that "
                + "are multiples of the factor"
        ) { zeros(1, 2, 2).pixelUnshuffled(by: 0) },
        ErrorCase(
            .shapeMismatch,
            "pixelUnshuffle: shape [2] does not fit the factor \(Int.max); give [channels, height, width] with sizes "
                + "that are multiples of the factor"
        ) { zeros(2).pixelUnshuffled(by: .max) },
    ]
}
