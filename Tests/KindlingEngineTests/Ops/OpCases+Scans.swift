// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension OpCase {
    private typealias Scanned = @Sendable (Tensor, Int, Bool, Bool) -> Tensor

    private static let cumulative: [(String, Scanned)] = [
        ("cumulativeSum", { $0.cumulativeSum(along: $1, reversed: $2, exclusive: $3) }),
        ("cumulativeProduct", { $0.cumulativeProduct(along: $1, reversed: $2, exclusive: $3) }),
    ]

    static let scans: [OpCase] = cumulativeRows + recurrences + orders

    private static let cumulativeRows: [OpCase] =
        cumulative.flatMap { name, scanned in
            [0, 1, -1].flatMap { axis in
                [
                    OpCase.of("\(name) \(axis)") { scanned($0, axis, false, false) },
                    .of("\(name) \(axis) reversed") { scanned($0, axis, true, false) },
                    .of("\(name) \(axis) exclusive") { scanned($0, axis, false, true) },
                ]
            } + [
                .of("\(name) reversed, exclusive") { scanned($0, 1, true, true) },
                .of("\(name) of one") { scanned($0, 0, false, false) },
                .of("\(name) of nothing") { scanned($0, 1, false, false) },
                .of("\(name) beside nothing") { scanned($0, 0, false, false) },
                .of("\(name) of integers", .none) { scanned($0, 0, false, false) },
                .of("\(name) of truths", .none) { scanned($0, 0, false, false) },
                .of("\(name) of a long row", .kinked) { scanned($0, 1, false, false) },
                .of("\(name) of a long column", .kinked) { scanned($0, 0, false, false) },
            ]
        } + [
            .of("cumulativeProduct with zeros") { $0.cumulativeProduct(along: 1) },
            .of("cumulativeProduct with zeros, exclusive") { $0.cumulativeProduct(along: 1, exclusive: true) },
            .of("cumulativeProduct with zeros, reversed") { $0.cumulativeProduct(along: 0, reversed: true) },
            .of("cumulativeProduct of zeros") { $0.cumulativeProduct(along: 0) },
        ]

    private static let recurrences: [OpCase] = [
        OpCase("linearRecurrence") { $0[0].linearRecurrence(decay: $0[1], along: 0) },
        OpCase("linearRecurrence 1") { $0[0].linearRecurrence(decay: $0[1], along: 1) },
        OpCase("linearRecurrence broadcast") { $0[0].linearRecurrence(decay: $0[1], along: 1) },
        OpCase("linearRecurrence scalar") { $0[0].linearRecurrence(decay: $0[1], along: 0) },
        OpCase("linearRecurrence reversed") { $0[0].linearRecurrence(decay: $0[1], along: 1, reversed: true) },
        OpCase("linearRecurrence of one") { $0[0].linearRecurrence(decay: $0[1], along: 0) },
    ]

    private static func special(_ zeros: Tensor) -> Tensor {
        zeros + Tensor([.nan, 1, -.infinity, 0, .infinity, -1], dtype: zeros.dtype)
    }

    private static let orders: [OpCase] =
        [0, 1, -1].flatMap { axis in
            [false, true].flatMap { descending -> [OpCase] in
                let tag = "\(axis)\(descending ? " descending" : "")"
                return [
                    .of("sorted \(tag)") { $0.sorted(along: axis, descending: descending).values },
                    .of("argsort \(tag)", .none) { $0.argsort(along: axis, descending: descending) },
                ]
            } + [
                .of("topK \(axis)") { $0.topK(2, along: axis).values },
                .of("topK \(axis) smallest") { $0.topK(2, along: axis, largest: false).values },
                .of("topK indices \(axis)", .none) { $0.topK(2, along: axis).indices },
            ]
        } + [
            .of("sorted with equals", .kinked) { $0.sorted().values },
            .of("sorted with equals, descending", .kinked) { $0.sorted(descending: true).values },
            .of("argsort with equals", .none) { $0.sorted().indices },
            .of("argsort with equals, descending", .none) { $0.argsort(descending: true) },
            .of("sorted of one") { $0.sorted().values }, .of("sorted of nothing") { $0.sorted().values },
            .of("sorted beside nothing") { $0.sorted(along: 0).values },
            .of("sorted long", .kinked) { $0.sorted().values }, .of("argsort of integers", .none) { $0.argsort() },
            .of("argsort of truths", .none) { $0.argsort() }, .of("argsort of NaN", .none) { special($0).argsort() },
            .of("argsort of NaN, descending", .none) { special($0).argsort(descending: true) },
            .of("topK of many", .kinked) { $0.topK(3).values },
            .of("topK indices of many", .none) { $0.topK(3, largest: false).indices },
            .of("topK none") { $0.topK(0).values }, .of("topK all") { $0.topK(3).values },
            .of("median 0") { $0.median(over: 0) }, .of("median 1 kept") { $0.median(over: 1, keepDims: true) },
            .of("median -1") { $0.median(over: -1) }, .of("median of one") { $0.median(over: 0) },
            .of("median of integers", .none) { $0.median(over: 0) },
            .of("unique values", .none) { $0.uniqueValues().values },
            .of("unique inverse", .none) { $0.uniqueValues().inverse },
            .of("unique counts", .none) { $0.uniqueValues().counts },
            .of("unique of integers", .none) { $0.uniqueValues().values },
            .of("unique of nothing", .none) { $0.uniqueValues().values },
            .of("unique of one", .none) { $0.uniqueValues().values },
        ]
}
