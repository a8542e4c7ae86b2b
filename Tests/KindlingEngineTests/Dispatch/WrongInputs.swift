// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

/// Further mistakes, by the operation that has to refuse them; what is said about each is not looked at.
enum WrongInputs {
    typealias Mistake = @Sendable () throws -> Void

    static let all: [(operation: String, mistakes: [Mistake])] =
        arithmetic + reductions + shapes + places + creation + measures

    static func ones(_ sizes: Int..., dtype: DType = .float32) -> Tensor { .ones(Shape(sizes), dtype: dtype) }
    static var elsewhere: Tensor { .ones([2, 3], on: .meta) }
    /// One number in memory, 2⁵⁰ to be looked at.
    static func many(_ dtype: DType = .float32) -> Tensor { ones(dtype: dtype).expanded(to: [1 << 50]) }

    /// Shapes that do not fit, another device, and a product of shapes that nobody can count.
    private static func pairs(_ operation: @escaping @Sendable (Tensor, Tensor) -> Tensor) -> [Mistake] {
        [
            { _ = operation(ones(2, 3), ones(2)) }, { _ = operation(ones(2, 3), elsewhere) },
            { _ = operation(ones(1, 1).expanded(to: [1 << 30, 1]), ones(1, 1).expanded(to: [1, 1 << 30])) },
            { _ = operation(ones(0), ones(3, dtype: .int64)) }, { _ = operation(many(), many(.float64)) },
        ]
    }

    private static let arithmetic: [(String, [Mistake])] = [
        ("+", pairs { $0 + $1 }), ("-", pairs { $0 - $1 }), ("*", pairs { $0 * $1 }), ("/", pairs { $0 / $1 }),
        (".==", pairs { $0 .== $1 }), (".!=", pairs { $0 .!= $1 }), (".<", pairs { $0 .< $1 }),
        (".<=", pairs { $0 .<= $1 }), (".>", pairs { $0 .> $1 }), (".>=", pairs { $0 .>= $1 }),
        ("maximum", pairs { $0.maximum($1) }), ("minimum", pairs { $0.minimum($1) }), ("power", pairs { $0.power($1) }),
        ("multiplied", pairs { $0.multiplied(by: $1, adding: ones()) }),
        ("selected", pairs { $0.selected(where: $1, else: ones()) }), ("inner", pairs { $0.inner($1) }),
        (
            "allClose",
            [
                { _ = try ones(2).allClose(to: ones(3)) }, { _ = try ones(2, 3).allClose(to: elsewhere) },
                { _ = try ones(2).allClose(to: ones(2), relativeTolerance: .nan) },
                { _ = try ones(2).allClose(to: ones(2), absoluteTolerance: -1) },
                { _ = try many().allClose(to: many()) },
            ]
        ),
        (".!", [{ _ = .!many() }, { _ = .!many(.bool) }, { _ = .!ones(-1) }]),
        ("isNaN", [{ _ = many().isNaN() }, { _ = many(.int64).isNaN() }, { _ = ones(-1).isNaN() }]),
        ("isFinite", [{ _ = many().isFinite() }, { _ = many(.int64).isFinite() }, { _ = ones(-1).isFinite() }]),
        (
            "isInfinite",
            [{ _ = many().isInfinite() }, { _ = many(.int64).isInfinite() }, { _ = ones(-1).isInfinite() }]
        ),
        (
            "replacingNonFinite",
            [
                { _ = many().replacingNonFinite() }, { _ = many(.bfloat16).replacingNonFinite() },
                { _ = ones(-1).replacingNonFinite() },
            ]
        ),
        (
            "converted",
            [
                { _ = many().converted(to: .bool) }, { _ = many(.bool).converted(to: .float64) },
                { _ = ones(-1).converted(to: .int32) },
            ]
        ),
        (
            "linear",
            [
                { _ = ones().linear(weight: ones(2, 3), bias: nil) },
                { _ = ones(2, 3).linear(weight: ones(3), bias: nil) },
                { _ = ones(2, 3).linear(weight: ones(2, 4), bias: nil) },
                { _ = ones(2, 3).linear(weight: ones(2, 3), bias: ones(3)) },
                { _ = ones(2, 3).linear(weight: elsewhere, bias: nil) },
            ]
        ),
    ]

    private static let reductions: [(String, [Mistake])] = [
        ("sum", over { $0.sum(over: $1) }), ("mean", over { $0.mean(over: $1) }), ("max", over { $0.max(over: $1) }),
        ("min", over { $0.min(over: $1) }), ("argmax", over { $0.argmax(over: $1) }),
        ("argmin", over { $0.argmin(over: $1) }), ("variance", over { $0.variance(over: $1) }),
        ("logSoftmax", over { $0.logSoftmax(over: $1) }), ("softmin", over { $0.softmin(over: $1) }),
        (
            "crossEntropyRows",
            [
                { _ = ones(2).crossEntropyRows(Tensor([0, 0])) }, { _ = ones(2, 3).crossEntropyRows(Tensor([0, 3])) },
                { _ = ones(2, 3).crossEntropyRows(Tensor([0, Int.min])) },
                { _ = ones(2, 3).crossEntropyRows(ones(2)) },
                { _ = ones(2, 3).crossEntropyRows(Tensor([0, 0]), smoothing: .nan) },
            ]
        ),
        (
            "uniqueValues",
            [
                { _ = elsewhere.uniqueValues() }, { _ = many().uniqueValues() }, { _ = ones(-1).uniqueValues() },
            ]
        ),
    ]

    private static func over(_ operation: @escaping @Sendable (Tensor, Int) -> Tensor) -> [Mistake] {
        [
            { _ = operation(ones(2, 3), 2) }, { _ = operation(ones(), 0) }, { _ = operation(ones(2), .max) },
            { _ = operation(ones(2), .min) }, { _ = operation(many(), 0) },
        ]
    }

    private static let shapes: [(String, [Mistake])] = [
        (
            "averagePooled",
            [
                { _ = ones(1, 1, 4).averagePooled(size: [5]) }, { _ = ones(1, 1, 4).averagePooled(size: [0]) },
                { _ = ones(1, 1, 4).averagePooled(size: [2], stride: [.max]) },
                { _ = ones(1, 1, 4).averagePooled(size: [2], padding: [2]) },
                { _ = ones(1, 1, 4, dtype: .int64).averagePooled(size: [2]) },
            ]
        ),
        (
            "expanded",
            [
                { _ = ones(2, 3).expanded(to: [3]) }, { _ = ones(1).expanded(to: [-1]) },
                { _ = ones(1).expanded(to: [.max]) }, { _ = ones().expanded(to: .ones(rank: 9)) },
            ]
        ),
        (
            "flattened",
            [
                { _ = ones(2).flattened(from: .max) }, { _ = ones(2).flattened(from: .min) },
                { _ = many().expanded(to: [2, 1 << 50]).flattened() },
            ]
        ),
        (
            "insertingAxis",
            [
                { _ = ones(2).insertingAxis(at: 3) }, { _ = ones(2).insertingAxis(at: .min) },
                { _ = ones(2).insertingAxis(at: .max) },
            ]
        ),
        (
            "permuted",
            [
                { _ = ones(2, 3).permuted(0) }, { _ = ones(2, 3).permuted(0, 2) },
                { _ = ones(2, 3).permuted(.max, .min) },
                { _ = ones().permuted(0) },
            ]
        ),
        (
            "transposed",
            [
                { _ = ones().transposed() }, { _ = ones(2).transposed(0, 1) }, { _ = ones(2).transposed(.min, .max) },
            ]
        ),
        (
            "stacked",
            [
                { _ = .stacked([ones(2), ones(3)]) as Tensor }, { _ = .stacked([ones(2)], along: 2) as Tensor },
                { _ = .stacked([ones(2, 3), elsewhere]) as Tensor }, { _ = .stacked([ones(2)], along: .min) as Tensor },
                { _ = .stacked([many(), many()]) as Tensor },
            ]
        ),
        (
            "contiguous",
            [
                { _ = many().contiguous() }, { _ = many(.bool).contiguous() }, { _ = ones(-1).contiguous() },
            ]
        ),
        (
            "lowerTriangle",
            [{ _ = ones(2).lowerTriangle() }, { _ = ones().lowerTriangle() }, { _ = big.lowerTriangle() }]
        ),
        (
            "upperTriangle",
            [{ _ = ones(2).upperTriangle() }, { _ = ones().upperTriangle() }, { _ = big.upperTriangle() }]
        ),
    ]
    private static var big: Tensor { many().expanded(to: [2, 1 << 50]) }

    private static let places: [(String, [Mistake])] = [
        (
            "maskedSelected",
            [
                { _ = ones(2).maskedSelected(ones(3)) }, { _ = ones(2, 3).maskedSelected(elsewhere) },
                { _ = elsewhere.maskedSelected(elsewhere) }, { _ = many().maskedSelected(many()) },
            ]
        ),
        (
            "nonZeroIndices",
            [
                { _ = elsewhere.nonZeroIndices() }, { _ = many().nonZeroIndices() }, { _ = ones(-1).nonZeroIndices() },
            ]
        ),
        (
            "oneHot",
            [
                { _ = ones(2).oneHot(classes: -1) }, { _ = ones(2).oneHot(classes: .max) },
                { _ = ones(1, 1, 1, 1, 1, 1, 1, 1).oneHot(classes: 2) }, { _ = many().oneHot(classes: 1 << 20) },
            ]
        ),
        (
            "replacing",
            [
                { _ = ones(2).replacing(2, with: ones()) }, { _ = ones(2).replacing(0..., with: ones(3)) },
                { _ = ones(2, 3).replacing(0..., with: elsewhere) }, { _ = ones(2).replacing(0, 0, with: ones()) },
            ]
        ),
        (
            "scattered",
            [
                { _ = ones(2).scattered(ones(1), at: Tensor([2]), along: 0) },
                { _ = ones(2).scattered(ones(1), at: Tensor([0]), along: 1) },
                { _ = ones(2).scattered(ones(3), at: Tensor([0, 1]), along: 0) },
                { _ = ones(2).scattered(ones(1), at: ones(1), along: 0) },
                { _ = ones(2, 3).scattered(elsewhere, at: .zeros([2, 3], dtype: .int64), along: 0) },
            ]
        ),
    ]

    private static let creation: [(String, [Mistake])] = [
        ("zeros", shaped { .zeros($0) }), ("ones", shaped { .ones($0) }),
        ("zerosLike", [{ _ = many().zerosLike() }, { _ = ones(-1).zerosLike() }, { _ = many(.bool).zerosLike() }]),
        ("onesLike", [{ _ = many().onesLike() }, { _ = ones(-1).onesLike() }, { _ = many(.bool).onesLike() }]),
        (
            "init",
            [
                { _ = Tensor([1, 2] as [Float], shape: [3]) }, { _ = Tensor([[1.0], [2, 3]]) },
                { _ = Tensor([] as [Float], shape: [-1]) }, { _ = Tensor([1] as [Float], shape: [.max, .max]) },
                { _ = Tensor([1] as [Float], shape: .ones(rank: 9)) },
            ]
        ),
        ("uniform", drawn { .uniform($0, from: &$1) } + [{ draw { .uniform([2], low: 1, high: 0, from: &$0) } }]),
        ("normal", drawn { .normal($0, from: &$1) } + [{ draw { .normal([2], mean: .nan, from: &$0) } }]),
        (
            "bernoulli",
            drawn { .bernoulli($0, probability: 0.5, from: &$1) }
                + [{ draw { .bernoulli([2], probability: .nan, from: &$0) } }]
        ),
        (
            "randomIntegers",
            drawn { .randomIntegers($0, high: 2, from: &$1) }
                + [{ draw { .randomIntegers([2], low: .min, high: .max, from: &$0) } }]
        ),
        (
            "permutation",
            [
                { draw { .permutation(-1, from: &$0) } }, { draw { .permutation(.min, from: &$0) } },
                { draw { .permutation(1 << 55, from: &$0) } },
            ]
        ),
    ]

    private static func shaped(_ operation: @escaping @Sendable (Shape) -> Tensor) -> [Mistake] {
        [
            { _ = operation([-1]) }, { _ = operation([.max, 2]) }, { _ = operation(.ones(rank: 9)) },
            { _ = operation([1 << 55]) },
        ]
    }

    private static func draw(_ body: (inout RandomStream) -> Tensor) {
        var stream = RandomStream(seed: 0)
        _ = body(&stream)
    }

    private static func drawn(_ operation: @escaping @Sendable (Shape, inout RandomStream) -> Tensor) -> [Mistake] {
        shaped { shape in
            var stream = RandomStream(seed: 0)
            return operation(shape, &stream)
        }
    }
}
