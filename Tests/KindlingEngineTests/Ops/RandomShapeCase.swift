// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingTesting

/// One drawn case: an operation, a type, and operands of drawn shapes and layouts.
struct RandomShapeCase: Sendable, CustomStringConvertible {
    enum Kind: Int, CaseIterable, Sendable {
        case unary, binary, sum, extreme, argument, matmul, softmax, logSoftmax, gather, slice, concatenate
    }

    let number: Int

    var kind: Kind { Kind.allCases[number % Kind.allCases.count] }
    var dtype: DType { [.float64, .float32, .bfloat16, .float16, .int64, .int32][number / Kind.allCases.count % 6] }
    var description: String { "\(number): \(kind) in \(dtype.name)" }

    /// 440 cases: 40 of each kind.
    static let all = (0..<40 * Kind.allCases.count).map(Self.init(number:))

    /// The result on the current device, and the operands.
    func run() -> (result: Tensor, operands: [Tensor]) {
        var draw = RandomLayout(seed: UInt64(number) + 1)
        let real = dtype.isFloatingPoint ? dtype : .float32
        switch kind {
        case .unary:
            let x = draw.tensor(draw.sizes(), dtype)
            let functions: [(Tensor) -> Tensor] = [
                { $0.exp() }, { $0.tanh() }, { $0.abs() }, { -$0 }, { $0.sigmoid() }, { $0.relu() }, { $0.squared() },
            ]
            return (functions[draw.number(0..<functions.count)](x), [x])
        case .binary:
            let sizes = draw.sizes()
            let x = draw.tensor(sizes, dtype)
            let y = draw.tensor(draw.broadcasting(with: sizes), dtype)
            let functions: [(Tensor, Tensor) -> Tensor] = [
                { $0 + $1 }, { $0 - $1 }, { $0 * $1 }, { $0.minimum($1) }, { $0.maximum($1) }, { $0 .< $1 },
            ]
            return (functions[draw.number(0..<functions.count)](x, y), [x, y])
        case .sum:
            let x = draw.tensor(draw.sizes(), dtype)
            return (reduced(x, &draw, all: { $0.sum(keepDims: $1) }, one: { $0.sum(over: $1, keepDims: $2) }), [x])
        case .extreme:
            let x = draw.tensor(draw.sizes(empty: false), dtype)
            return (reduced(x, &draw, all: { $0.max(keepDims: $1) }, one: { $0.min(over: $1, keepDims: $2) }), [x])
        case .argument:
            let x = draw.tensor(draw.sizes(ranks: 1..<5, empty: false), dtype)
            let axis = draw.number(-x.rank..<x.rank)
            return (draw.chance(2) ? x.argmax(over: axis) : x.argmin(over: axis, keepDims: true), [x])
        case .matmul:
            let (rows, inner, columns) = (draw.size(), draw.size(), draw.size())
            let batch = draw.sizes(ranks: 0..<3)
            let x = draw.tensor(batch + (batch.isEmpty && draw.chance(4) ? [inner] : [rows, inner]), real)
            let y = draw.tensor(draw.broadcasting(with: batch) + [inner, columns], real)
            return (x.matmul(y), [x, y])
        case .softmax, .logSoftmax:
            let x = draw.tensor(draw.sizes(ranks: 1..<5), real)
            let axis = draw.number(-x.rank..<x.rank)
            return (kind == .softmax ? x.softmax(over: axis) : x.logSoftmax(over: axis), [x])
        case .gather:
            let x = draw.tensor([draw.number(1..<6)] + draw.sizes(ranks: 0..<4), dtype)
            let count = draw.number(0..<6)
            let indices = (0..<count).map { _ in draw.number(-x.shape[0]..<x.shape[0]) }
            return (x.gathered(at: Tensor(indices)), [x])
        case .slice:
            let x = draw.tensor(draw.sizes(ranks: 1..<5), dtype)
            let axis = draw.number(0..<x.rank)
            let start = draw.number(0..<x.shape[axis] + 1)
            return (x.sliced(start..<draw.number(start..<x.shape[axis] + 1), along: axis - x.rank).contiguous(), [x])
        case .concatenate:
            let sizes = draw.sizes(ranks: 1..<5)
            let axis = draw.number(0..<sizes.count)
            let parts = (0..<draw.number(1..<4)).map { _ in
                var part = sizes
                part[axis] = draw.size()
                return draw.tensor(part, dtype)
            }
            return (.concatenated(parts, along: axis), parts)
        }
    }

    private func reduced(
        _ x: Tensor, _ draw: inout RandomLayout, all: (Tensor, Bool) -> Tensor, one: (Tensor, Int, Bool) -> Tensor
    ) -> Tensor {
        let keep = draw.chance(2)
        return x.rank == 0 || draw.chance(4) ? all(x, keep) : one(x, draw.number(-x.rank..<x.rank), keep)
    }
}
