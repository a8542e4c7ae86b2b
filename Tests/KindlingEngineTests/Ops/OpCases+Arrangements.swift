// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension OpCase {
    static let arrangements: [OpCase] = moved + repeatedAndCut + paddings + matrixParts

    private static let moved: [OpCase] = [
        .of("squeezed") { $0.squeezed() }, .of("squeezed -1") { $0.squeezed(-1) },
        .of("squeezed 1 3") { $0.squeezed(3, 1) }, .of("squeezed of one number") { $0.squeezed() },
        .of("squeezed of nothing") { $0.squeezed(0) },
        .of("squeezed after a transpose") { $0.transposed(0, 2).squeezed(1) * 2 },
        .of("movingAxis 0 2") { $0.movingAxis(0, to: 2) }, .of("movingAxis -1 0") { $0.movingAxis(-1, to: 0) },
        .of("movingAxis 1 1") { $0.movingAxis(1, to: 1) }, .of("movingAxis 2 1") { $0.movingAxis(2, to: 1) },
        .of("movingAxis of nothing") { $0.movingAxis(0, to: -1) },
        .of("flipped") { $0.flipped() }, .of("flipped 0") { $0.flipped(over: 0) },
        .of("flipped -1") { $0.flipped(over: -1) }, .of("flipped 1 0") { $0.flipped(over: 1, 0) },
        .of("flipped of one") { $0.flipped(over: 0) }, .of("flipped of nothing") { $0.flipped(over: 1) },
        .of("flipped integers", .none) { $0.flipped() },
        .of("rolled 1") { $0.rolled(by: 1) }, .of("rolled -1 along 1") { $0.rolled(by: -1, along: 1) },
        .of("rolled 7 along -1") { $0.rolled(by: 7, along: -1) }, .of("rolled -9") { $0.rolled(by: -9) },
        .of("rolled of nothing") { $0.rolled(by: 1, along: 1) }, .of("rolled 0") { $0.rolled(by: 3) },
        OpCase("broadcast") {
            let both = Tensor.broadcast($0)
            return both[0] * both[1]
        },
        OpCase("broadcast first") { Tensor.broadcast($0)[0] }, OpCase("broadcast three") { Tensor.broadcast($0)[1] },
        OpCase("broadcast of a scalar") { Tensor.broadcast($0)[0] },
        OpCase("broadcast of nothing") { Tensor.broadcast($0)[1] },
        .of("pixelShuffled") { $0.pixelShuffled(by: 2) }, .of("pixelShuffled by 1") { $0.pixelShuffled(by: 1) },
        .of("pixelShuffled by 3") { $0.pixelShuffled(by: 3) }, .of("pixelShuffled of many") { $0.pixelShuffled(by: 2) },
        .of("pixelShuffled of nothing") { $0.pixelShuffled(by: 2) },
        .of("pixelUnshuffled") { $0.pixelUnshuffled(by: 2) }, .of("pixelUnshuffled by 1") { $0.pixelUnshuffled(by: 1) },
        .of("pixelUnshuffled by 3") { $0.pixelUnshuffled(by: 3) },
        .of("pixelUnshuffled of many") { $0.pixelUnshuffled(by: 2) },
        .of("pixelUnshuffled of nothing") { $0.pixelUnshuffled(by: 2) },
    ]

    /// How many stretches there are depends on the size: one always.
    private static func last(_ parts: [Tensor]) -> Tensor { parts[parts.count - 1] }

    private static let repeatedAndCut: [OpCase] = [
        .of("tiled 2") { $0.tiled(2) }, .of("tiled 2 3") { $0.tiled(2, 3) }, .of("tiled 3 1 2") { $0.tiled(3, 1, 2) },
        .of("tiled of a scalar") { $0.tiled(2, 2) }, .of("tiled 0") { $0.tiled(0, 2) },
        .of("tiled of nothing") { $0.tiled(2, 2) },
        .of("repeated 2") { $0.repeated(2) }, .of("repeated 3 along -1") { $0.repeated(3, along: -1) },
        .of("repeated 1") { $0.repeated(1) }, .of("repeated 0") { $0.repeated(0) },
        .of("repeated of nothing") { $0.repeated(2, along: 1) }, .of("repeated 2 along 1") { $0.repeated(2, along: 1) },
        .of("split into 1 3") { $0.split(into: [1, 3])[1] },
        .of("split into 2 0 1") { .concatenated($0.split(into: [2, 0, 1], along: 1).reversed(), along: 1) },
        .of("split into all") { $0.split(into: [3], along: -1)[0] },
        .of("split into nothing") { $0.split(into: [2, 0])[1] },
        .of("split of nothing") { $0.split(into: [0, 0], along: 1)[1] },
        .of("split size 2") { .concatenated($0.split(size: 2).reversed()) },
        .of("split size 3 along 1") { last($0.split(size: 3, along: 1)) }, .of("split size 9") { $0.split(size: 9)[0] },
        .of("split size 1") { last($0.split(size: 1, along: -1)) },
        .of("split size of nothing") { $0.split(size: 2, along: 1)[0] },
        .of("chunked 2") { .concatenated($0.chunked(2).reversed()) },
        .of("chunked 3 of 4") { $0.chunked(3, along: 1)[0] }, .of("chunked 1") { $0.chunked(1)[0] },
        .of("chunked 2 along -1") { $0.chunked(2, along: -1)[1] },
        .of("chunked of nothing") { $0.chunked(1, along: 1)[0] },
    ]

    private static let paddings: [OpCase] = [
        .of("padded") { $0.padded([(1, 1), (2, 2)]) }, .of("padded last") { $0.padded([(1, 0)], mode: .constant(1.5)) },
        .of("padded first") { $0.padded([(0, 2), (0, 0)], mode: .constant(-1)) },
        .of("padded by nothing") { $0.padded([(0, 0)]) },
        .of("padded nothing") { $0.padded([(1, 1)], mode: .constant(2)) },
        .of("padded integers", .none) { $0.padded([(1, 1)], mode: .constant(7)) },
        .of("padded reflect") { $0.padded([(2, 1)], mode: .reflect) },
        .of("padded reflect twice") { $0.padded([(1, 0), (1, 2)], mode: .reflect) },
        .of("padded replicate") { $0.padded([(2, 3)], mode: .replicate) },
        .of("padded replicate twice") { $0.padded([(2, 2), (1, 0)], mode: .replicate) },
        .of("padded circular") { $0.padded([(3, 1)], mode: .circular) },
        .of("padded circular twice") { $0.padded([(2, 1), (1, 2)], mode: .circular) },
    ]

    private static let matrixParts: [OpCase] = [
        .of("upperTriangle") { $0.upperTriangle() }, .of("upperTriangle 1") { $0.upperTriangle(diagonal: 1) },
        .of("upperTriangle -1") { $0.upperTriangle(diagonal: -1) },
        .of("upperTriangle far") { $0.upperTriangle(diagonal: .max) },
        .of("upperTriangle of one") { $0.upperTriangle() }, .of("upperTriangle of nothing") { $0.upperTriangle() },
        .of("lowerTriangle") { $0.lowerTriangle() }, .of("lowerTriangle 1") { $0.lowerTriangle(diagonal: 1) },
        .of("lowerTriangle -1") { $0.lowerTriangle(diagonal: -1) },
        .of("lowerTriangle far") { $0.lowerTriangle(diagonal: .max) },
        .of("lowerTriangle of one") { $0.lowerTriangle() }, .of("lowerTriangle of nothing") { $0.lowerTriangle() },
        .of("diagonal") { $0.diagonal() }, .of("diagonal 1") { $0.diagonal(offset: 1) },
        .of("diagonal -1") { $0.diagonal(offset: -1) },
        .of("diagonal of a batch") { $0.diagonal(rows: 0, columns: 2) * 2 },
        .of("diagonal outside") { $0.diagonal(offset: .max) }, .of("diagonal of nothing") { $0.diagonal(offset: .min) },
        .of("diagonalMatrix") { $0.diagonalMatrix() }, .of("diagonalMatrix 1") { $0.diagonalMatrix(offset: 1) },
        .of("diagonalMatrix -2") { $0.diagonalMatrix(offset: -2) },
        .of("diagonalMatrix of one") { $0.diagonalMatrix() },
        .of("diagonalMatrix of nothing") { $0.diagonalMatrix(offset: 1) },
        .of("trace") { $0.trace() }, .of("trace of a wide one") { $0.trace() }, .of("trace 1") { $0.trace(offset: 1) },
        .of("trace of a batch") { $0.trace() }, .of("trace of nothing") { $0.trace() },
    ]
}
