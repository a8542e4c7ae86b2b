// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension OpCase {
    static let indexing: [OpCase] = brackets + picked + put + masked

    private static let brackets: [OpCase] = [
        .of("subscript [0]") { $0[0] }, .of("subscript [-1]") { $0[-1] }, .of("subscript [1..., 0]") { $0[1..., 0] },
        .of("subscript [1..., 0, .ellipsis]") { $0[1..., 0, .ellipsis] },
        .of("subscript [.ellipsis, 1]") { $0[.ellipsis, 1] },
        .of("subscript [..<2, ...2]") { $0[..<2, ...2] }, .of("subscript [1..<3, 1...2]") { $0[1..<3, 1...2] },
        .of("subscript [-2..., ...(-2)]") { $0[(-2)..., ...(-2)] },
        .of("subscript [.newAxis, 1, .newAxis]") { $0[.newAxis, 1, .newAxis] },
        .of("subscript [.all, .every(2)]") { $0[.all, .every(2)] },
        .of("subscript [.every(2), .every(3, from: 1)]") { $0[.every(2), .every(3, from: 1)] },
        .of("subscript [.every(-1)]") { $0[.every(-1)] },
        .of("subscript [.all, .every(-2, from: -1, to: 0)]") { $0[.all, .every(-2, from: -1, to: 0)] },
        .of("subscript [1, 2, 0]") { $0[1, 2, 0] }, .of("subscript [2..<2]") { $0[2..<2] },
        .of("subscript [] of nothing") { $0[.all, .newAxis] },
        .of("subscript [0] after a transpose") { $0.transposed(0, 2)[0, .every(2)] * 2 },
        .of("subscript [1...] of integers", .none) { $0[1...] },
        OpCase("subscript [indices]") { $0[0][$0[1]] }, OpCase("subscript [.all, indices]") { $0[0][.all, $0[1]] },
        OpCase("subscript [1, indices]") { $0[0][1, $0[1]] },
        OpCase("subscript [rows, columns]") { $0[0][$0[1], $0[2]] },
        OpCase("subscript [rows, columns] broadcast") { $0[0][$0[1], $0[2]] },
        OpCase("subscript [.all, rows, columns]") { $0[0][.all, $0[1], $0[2]] },
        OpCase("subscript [indices, .all, .newAxis, 1...]") { $0[0][$0[1], .all, .newAxis, 1...] },
        OpCase("subscript [no indices]") { $0[0][$0[1]] },
    ]

    private static let picked: [OpCase] = [
        OpCase("gathered along 1") { $0[0].gathered(at: $0[1], along: 1) },
        OpCase("gathered along -1") { $0[0].gathered(at: $0[1], along: -1) },
        OpCase("gathered along 0") { $0[0].gathered(at: $0[1], along: 0) },
        OpCase("gathered along 1 by a matrix") { $0[0].gathered(at: $0[1], along: 1) },
        OpCase("gathered along 1 by nothing") { $0[0].gathered(at: $0[1], along: 1) },
        OpCase("gathered along 0 from nothing") { $0[0].gathered(at: $0[1], along: 0) },
        OpCase("taken along 0") { $0[0].taken(at: $0[1], along: 0) },
        OpCase("taken along 1") { $0[0].taken(at: $0[1], along: 1) },
        OpCase("taken along -1 of three") { $0[0].taken(at: $0[1], along: -1) },
        OpCase("taken along 1 repeated") { $0[0].taken(at: $0[1], along: 1) },
        OpCase("taken negative") { $0[0].taken(at: $0[1], along: 0) },
        OpCase("taken by nothing") { $0[0].taken(at: $0[1], along: 0) },
        OpCase("taken from one") { $0[0].taken(at: $0[1], along: 0) },
    ]

    private static let put: [OpCase] =
        ["along 0", "of several", "of one number", "of nothing", "into nothing"].map { tag in
            OpCase("scattered \(tag)") { $0[0].scattered($0[1], at: $0[2], along: 0) }
        } + [
            OpCase("scattered along 1") { $0[0].scattered($0[1], at: $0[2], along: 1) },
            OpCase("scattered of several along 1") { $0[0].scattered($0[1], at: $0[2], along: 1) },
            OpCase("scattered integers", .none) { $0[0].scattered($0[1], at: $0[2], along: 0) },
            OpCase("scatterAdded along 0") { $0[0].scatterAdded($0[1], at: $0[2], along: 0) },
            OpCase("scatterAdded along 1") { $0[0].scatterAdded($0[1], at: $0[2], along: 1) },
            OpCase("scatterAdded along -1 of three") { $0[0].scatterAdded($0[1], at: $0[2], along: -1) },
            OpCase("scatterAdded of one number") { $0[0].scatterAdded($0[1], at: $0[2], along: 0) },
            OpCase("scatterAdded of nothing") { $0[0].scatterAdded($0[1], at: $0[2], along: 0) },
            OpCase("scatterAdded integers", .none) { $0[0].scatterAdded($0[1], at: $0[2], along: 0) },
            OpCase("replacing 0") { $0[0].replacing(0, with: $0[1]) },
            OpCase("replacing 1..., 0") { $0[0].replacing(1..., 0, with: $0[1]) },
            OpCase("replacing .every(2)") { $0[0].replacing(.every(2), with: $0[1]) },
            OpCase("replacing .every(-1)") { $0[0].replacing(.every(-1), with: $0[1]) },
            OpCase("replacing indices") { $0[0].replacing(.all, $0[2], with: $0[1]) },
            OpCase("replacing pairs") { $0[0].replacing($0[2], $0[3], with: $0[1]) },
            OpCase("replacing nothing") { $0[0].replacing(2..<2, with: $0[1]) },
            OpCase("replacing all") { $0[0].replacing(.ellipsis, with: $0[1]) },
        ]

    private static let masked: [OpCase] =
        ["", " row", " none", " scalar", " of nothing"].map { tag in
            OpCase("maskedSelected\(tag)") { $0[0].maskedSelected($0[1]) }
        }
        + ["", " of truths", " none", " of three", " of nothing"].map { tag in
            .of("nonZeroIndices\(tag)", .none) { $0.nonZeroIndices() }
        } + [
            OpCase("maskedFilled") { $0[0].maskedFilled(where: $0[1], with: -2.5) },
            OpCase("maskedFilled row") { $0[0].maskedFilled(where: $0[1], with: 0) },
            OpCase("maskedFilled of one") { $0[0].maskedFilled(where: $0[1], with: 1) },
            OpCase("maskedFilled of nothing") { $0[0].maskedFilled(where: $0[1], with: 1) },
            OpCase("maskedFilled integers", .none) { $0[0].maskedFilled(where: $0[1], with: 9) },
        ]
}
