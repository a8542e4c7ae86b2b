// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingBackend
import KindlingEngine
import KindlingTesting

/// One graph of Fixtures/graphs.json, which Fixtures/make_graphs.py writes and describes.
struct RandomGraph: Decodable, Sendable {
    /// A line of the file that this interpreter cannot read.
    struct Unreadable: Error {
        let text: String
    }

    private let leafShapes: [String]
    private let leafPlaces: [Int]
    private let operations: [String]
    let value: Double
    let gradients: [[Double]]

    private enum CodingKeys: String, CodingKey {
        case leafShapes = "l"
        case leafPlaces = "n"
        case operations = "o"
        case value = "v"
        case gradients = "g"
    }

    static let all: [RandomGraph] = {
        do {
            return try JSONDecoder().decode([RandomGraph].self, from: OperationFixture.data("graphs"))
        } catch { fatalError("graphs.json cannot be read: \(error)") }
    }()

    /// The leaves of the graph of a number: what the generator's `leaf` gives.
    func leaves(graph: Int, dtype: DType) throws -> [Tensor] {
        try leafShapes.enumerated().map { number, sizes in
            let shape = Shape(try numbers(sizes))
            var state = UInt32(truncatingIfNeeded: (graph * 64 + number + 1) &* 2_654_435_761)
            let elements = (0..<shape.elementCount).map { _ in
                state = state &* 1_664_525 &+ 1_013_904_223
                return (Double((state >> 16) % 4096) - 2048) / 1024
            }
            return Tensor(elements, shape: shape).converted(to: dtype)
        }
    }

    /// The weighted sum over every result that no operation used.
    func total(_ leaves: [Tensor]) throws -> Tensor {
        var values: [Tensor] = []
        var used: Set<Int> = []
        var next = leaves.makeIterator()
        func takeLeaves() {
            while leafPlaces.contains(values.count), let leaf = next.next() { values.append(leaf) }
        }
        for text in operations {
            takeLeaves()
            let words = text.split(separator: " ").map(String.init)
            let (result, operands) = try apply(words[0], Array(words.dropFirst()), values, text)
            used.formUnion(operands)
            values.append(result)
        }
        takeLeaves()
        let sums = values.indices.filter { !used.contains($0) }.map { weighted(values[$0]) }
        return sums.dropFirst().reduce(sums[0], +)
    }

    private func numbers(_ text: String) throws -> [Int] {
        if text == "_" { return [] }
        return try text.split(separator: ",").map {
            guard let number = Int($0) else { throw Unreadable(text: text) }
            return number
        }
    }

    private func apply(_ code: String, _ words: [String], _ values: [Tensor], _ text: String) throws
        -> (Tensor, operands: [Int])
    {
        let parameters = try words.map { $0 == "k" || $0 == "d" ? [] : try numbers($0) }
        let first = parameters[0][0]
        let x = values[first]
        if let function = Self.unary[code] { return (function(x), [first]) }
        if let function = Self.binary[code] {
            let second = parameters[1][0]
            return (function(x, values[second]), [first, second])
        }
        switch code {
        case "cat", "stack":
            let places = [first] + parameters.dropFirst(2).flatMap(\.self)
            let parts = places.map { values[$0] }
            let axis = parameters[1][0]
            return (code == "cat" ? .concatenated(parts, along: axis) : .stacked(parts, along: axis), places)
        case "sum", "mean", "amax", "amin", "var":
            return (try reduced(code, x, parameters[1], keep: words[2] == "k"), [first])
        case "reshape": return (x.reshaped(to: Shape(parameters[1])), [first])
        case "permute": return (x.permuted(order: parameters[1]), [first])
        case "transpose": return (x.transposed(parameters[1][0], parameters[1][1]), [first])
        case "insert": return (x.insertingAxis(at: parameters[1][0]), [first])
        case "expand": return (x.expanded(to: Shape(parameters[1])), [first])
        case "slice": return (x.sliced(parameters[1][1]..<parameters[1][2], along: parameters[1][0]), [first])
        case "softmax": return (x.softmax(over: parameters[1][0]), [first])
        case "logsoftmax": return (x.logSoftmax(over: parameters[1][0]), [first])
        case "gather": return (x.gathered(at: Tensor(parameters[1])), [first])
        default: throw Unreadable(text: text)
        }
    }

    /// The axes are an argument list in Swift, so each count of them is a call of its own.
    private func reduced(_ code: String, _ x: Tensor, _ axes: [Int], keep: Bool) throws -> Tensor {
        switch (code, axes.count) {
        case ("sum", 0): x.sum(keepDims: keep)
        case ("sum", 1): x.sum(over: axes[0], keepDims: keep)
        case ("sum", 2): x.sum(over: axes[0], axes[1], keepDims: keep)
        case ("mean", 0): x.mean(keepDims: keep)
        case ("mean", 1): x.mean(over: axes[0], keepDims: keep)
        case ("mean", 2): x.mean(over: axes[0], axes[1], keepDims: keep)
        case ("amax", 0): x.max(keepDims: keep)
        case ("amax", 1): x.max(over: axes[0], keepDims: keep)
        case ("amax", 2): x.max(over: axes[0], axes[1], keepDims: keep)
        case ("amin", 0): x.min(keepDims: keep)
        case ("amin", 1): x.min(over: axes[0], keepDims: keep)
        case ("amin", 2): x.min(over: axes[0], axes[1], keepDims: keep)
        case ("var", 0): x.variance(keepDims: keep)
        case ("var", 1): x.variance(over: axes[0], keepDims: keep)
        case ("var", 2): x.variance(over: axes[0], axes[1], keepDims: keep)
        default: throw Unreadable(text: "\(code) over \(axes)")
        }
    }

    private static let unary: [String: @Sendable (Tensor) -> Tensor] = [
        "neg": { -$0 }, "sin": { $0.sin() }, "cos": { $0.cos() }, "tanh": { $0.tanh() }, "sigmoid": { $0.sigmoid() },
        "softplus": { $0.softplus() }, "erf": { $0.erf() }, "squared": { $0.squared() }, "silu": { $0.silu() },
        "gelu": { $0.gelu() }, "gelut": { $0.gelu(approximate: true) }, "abs": { $0.abs() }, "relu": { $0.relu() },
        "leaky": { $0.leakyReLU(slope: 0.2) }, "elu": { $0.elu(alpha: 1.5) }, "clamp": { $0.clamped(-0.75...0.5) },
        "x+": { $0 + 1.5 }, "1-": { 1 - $0 }, "x*": { $0 * 0.625 }, "cube": { $0.power(3) }, "exp": { $0.exp() },
        "expm1": { $0.expm1() }, "log": { $0.log() }, "log1p": { $0.log1p() }, "sqrt": { $0.squareRoot() },
        "rsqrt": { $0.reciprocalSquareRoot() }, "recip": { $0.reciprocal() }, "pow-1.5": { $0.power(-1.5) },
        "2/": { 2 / $0 },
    ]

    private static let binary: [String: @Sendable (Tensor, Tensor) -> Tensor] = [
        "+": { $0 + $1 }, "-": { $0 - $1 }, "*": { $0 * $1 }, "/": { $0 / $1 }, "min": { $0.minimum($1) },
        "max": { $0.maximum($1) }, "pow": { $0.power($1) }, "mm": { $0.matmul($1) },
        "where": { $0.selected(where: $0 .> Tensor(0.25, dtype: $0.dtype), else: $1) },
    ]
}
