// SPDX-License-Identifier: Apache-2.0

/// A figure over the epochs.
struct Curve {
    let label: String
    /// At least one, all of them numbers.
    let points: [(epoch: Double, value: Double)]

    var json: JSON {
        .object([
            ("label", .text(label)),
            ("points", .list(points.map { .list([.number($0.epoch), .number($0.value)]) })),
        ])
    }
}
