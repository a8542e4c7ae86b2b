// SPDX-License-Identifier: Apache-2.0
internal import Kindling

extension Curve {
    var json: JSON {
        .object([
            ("label", .text(label)),
            ("points", .list(points.map { .list([.number($0.epoch), .number($0.value)]) })),
        ])
    }
}
