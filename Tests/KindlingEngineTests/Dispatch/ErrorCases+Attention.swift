// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension ErrorCase {
    static let attention: [ErrorCase] = [
        ErrorCase(
            .shapeMismatch,
            "scaledDotProductAttention: queries [2, 3], keys [2, 3] and values [2, 3] do not fit; give [N, "
                + "H, T, E], [N, G, S, E] and [N, G, S, V]"
        ) { zeros(2, 3).scaledDotProductAttention(key: zeros(2, 3), value: zeros(2, 3)) },
        ErrorCase(
            .shapeMismatch,
            "scaledDotProductAttention: queries [1, 2, 3, 4], keys [1, 2, 3, 5] and values [1, 2, 3, 4] do "
                + "not fit; give [N, H, T, E], [N, G, S, E] and [N, G, S, V]"
        ) { zeros(1, 2, 3, 4).scaledDotProductAttention(key: zeros(1, 2, 3, 5), value: zeros(1, 2, 3, 4)) },
        ErrorCase(
            .shapeMismatch,
            "scaledDotProductAttention: 3 query heads cannot share 2 key heads; use a number of key heads "
                + "that divides the query heads"
        ) { zeros(1, 3, 3, 4).scaledDotProductAttention(key: zeros(1, 2, 3, 4), value: zeros(1, 2, 3, 4)) },
        ErrorCase(
            .dtypeMismatch,
            "scaledDotProductAttention: types float32 and float64: queries, keys and values must share one "
                + "floating-point type"
        ) {
            zeros(1, 2, 3, 4).scaledDotProductAttention(
                key: zeros(1, 2, 3, 4, dtype: .float64), value: zeros(1, 2, 3, 4))
        },
        ErrorCase(
            .shapeMismatch,
            "scaledDotProductAttention: a mask of shape [2, 3] cannot be repeated to fill [1, 2, 3, 3]; "
                + "give one that broadcasts to [N, H, T, S]"
        ) {
            zeros(1, 2, 3, 4).scaledDotProductAttention(
                key: zeros(1, 2, 3, 4), value: zeros(1, 2, 3, 4), mask: zeros(2, 3))
        },
        ErrorCase(
            .dtypeMismatch,
            "scaledDotProductAttention: a mask of int64 neither allows nor adds; convert it: converted(to: "
                + ".bool) where nonzero allows"
        ) {
            zeros(1, 2, 3, 4).scaledDotProductAttention(
                key: zeros(1, 2, 3, 4), value: zeros(1, 2, 3, 4), mask: zeros(3, 3, dtype: .int64))
        },
        ErrorCase(.invalidValue, "scaledDotProductAttention: a scale of nan is not finite") {
            zeros(1, 2, 3, 4).scaledDotProductAttention(key: zeros(1, 2, 3, 4), value: zeros(1, 2, 3, 4), scale: .nan)
        },
        ErrorCase(.invalidValue, "scaledDotProductAttention: a probability of 2.0 is not within 0 ... 1") {
            dropped(zeros(1, 2, 3, 4), 2)
        },
        ErrorCase(.shapeMismatch, "embedding: a table of shape [2] is no matrix; give [rows, width]") {
            zeros(2).embedding(zeros(2, dtype: .int64))
        },
        ErrorCase(
            .dtypeMismatch, "embedding: indices of float32 are not whole numbers; convert them: converted(to: .int64)"
        ) { zeros(2, 3).embedding(zeros(2)) },
        ErrorCase(
            .indexOutOfRange, "embedding: padding index 2 is not a row of a table of 2; use 0 ..< 2, or −1 for the last"
        ) { zeros(2, 3).embedding(zeros(2, dtype: .int64), paddingIndex: 2) },
        ErrorCase(
            .indexOutOfRange,
            "embedding: padding index -9223372036854775808 is not a row of a table of 2; use 0 ..< 2, or −1 "
                + "for the last"
        ) { zeros(2, 3).embedding(zeros(2, dtype: .int64), paddingIndex: .min) },
        ErrorCase(
            .invalidValue,
            "sinusoidalPositions: there is no table of [-1, 2]; use sizes of 0 or more, and fewer numbers"
        ) { .sinusoidalPositions(count: -1, width: 2) },
        ErrorCase(
            .invalidValue,
            "sinusoidalPositions: there is no table of [9223372036854775807, 2]; use sizes of 0 or more, "
                + "and fewer numbers"
        ) { .sinusoidalPositions(count: .max, width: 2) },
        ErrorCase(
            .invalidValue,
            "sinusoidalPositions: there is no table of [0, 9223372036854775807]; use sizes of 0 or more, "
                + "and fewer numbers"
        ) { .sinusoidalPositions(count: 0, width: .max) },
        ErrorCase(.invalidValue, "sinusoidalPositions: a base of 0.0 is not a positive number") {
            .sinusoidalPositions(count: 2, width: 2, base: 0)
        },
        ErrorCase(.dtypeMismatch, "sinusoidalPositions: int32 is not a floating-point type") {
            .sinusoidalPositions(count: 2, width: 2, dtype: .int32)
        },
        ErrorCase(
            .shapeMismatch,
            "rotary: shape [2, 3] does not fall into positions and pairs; give […, positions, width] with "
                + "an even width"
        ) { zeros(2, 3).rotary() },
        ErrorCase(
            .shapeMismatch,
            "rotary: shape [2] does not fall into positions and pairs; give […, positions, width] with an "
                + "even width"
        ) { zeros(2).rotary() },
        ErrorCase(
            .shapeMismatch,
            "rotary: positions of shape [3] cannot be repeated to fill [2]; give one for each place along "
                + "the last axis but one"
        ) { zeros(2, 4).rotary(positions: zeros(3)) },
        ErrorCase(.dtypeMismatch, "rotary: int32 is not a floating-point type; convert it: converted(to: .float32)") {
            zeros(2, 4, dtype: .int32).rotary()
        },
        ErrorCase(.invalidValue, "rotary: a base of inf is not a positive number") {
            zeros(2, 4).rotary(base: .infinity)
        },
    ]

    private static func dropped(_ x: Tensor, _ probability: Double) -> Tensor {
        var stream = RandomStream(seed: 7)
        return x.scaledDotProductAttention(key: x, value: x, dropout: probability, from: &stream)
    }
}
