// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

/// The basic operations in the shapes that the first tables leave out.
extension OpCase {
    static let basics: [OpCase] = [
        basicFunctions.flatMap { name, function in layouts(name, .smooth, function) },
        layouts("converted to bool", .none) { ($0 - $0.truncated()).converted(to: .bool) },
        finiteness, broadcastTriples, places, reshapes, orders, cuts, joins, alongAnAxis,
    ].flatMap(\.self)

    /// An operation of one tensor: of a scalar, one element, none, rank 3, columns that do not lie side by side in
    /// memory, and a row that is seen three times.
    private static func layouts(
        _ name: String, _ smoothness: Smoothness, _ apply: @escaping @Sendable (Tensor) -> Tensor
    ) -> [OpCase] {
        ["scalar", "one", "nothing", "deep"].map { .of("\(name) \($0)", smoothness, apply) } + [
            .of("\(name) of columns", smoothness) { apply($0.sliced(1..<3, along: 1)) },
            .of("\(name) of a stretched row", smoothness) { apply($0.expanded(to: [3, 2])) },
        ]
    }

    private static let basicFunctions: [(String, @Sendable (Tensor) -> Tensor)] = [
        ("abs", { $0.abs() }), ("negate", { -$0 }), ("exp", { $0.exp() }), ("expm1", { $0.expm1() }),
        ("sin", { $0.sin() }), ("cos", { $0.cos() }), ("tanh", { $0.tanh() }), ("sigmoid", { $0.sigmoid() }),
        ("softplus", { $0.softplus() }), ("erf", { $0.erf() }), ("squared", { $0.squared() }),
        ("reciprocal", { $0.reciprocal() }), ("relu", { $0.relu() }), ("leakyReLU", { $0.leakyReLU(slope: 0.2) }),
        ("elu", { $0.elu(alpha: 1.5) }), ("gelu", { $0.gelu() }), ("gelu approximate", { $0.gelu(approximate: true) }),
        ("silu", { $0.silu() }), ("sign", { $0.sign() }), ("floor", { $0.floor() }), ("log", { $0.log() }),
        ("squareRoot", { $0.squareRoot() }), ("reciprocalSquareRoot", { $0.reciprocalSquareRoot() }),
        ("log1p", { $0.log1p() }), ("converted", { $0.converted(to: $0.dtype) }), ("contiguous", { $0.contiguous() }),
    ]

    private static let finiteness: [OpCase] = ["scalar", "one", "nothing", "deep", "of numbers"].flatMap { sizes in
        [
            OpCase.of("isFinite \(sizes)", .none) { ($0 / ($0 - 1)).isFinite() },
            OpCase.of("isNaN \(sizes)", .none) { (($0 - 1) / ($0 - 1)).isNaN() },
        ]
    }

    private static let broadcastTriples: [OpCase] = ["same", "scalar", "one", "nothing", "ranks", "outer"].flatMap {
        sizes in
        [
            OpCase("multiplied \(sizes)") { $0[0].multiplied(by: $0[1], adding: $0[2]) },
            OpCase("selected \(sizes)") { $0[1].selected(where: $0[0], else: $0[2]) },
        ]
    }

    private static let places: [OpCase] = [
        ("of one", 0), ("of a vector", -1), ("of nothing", 1), ("of a column", 1), ("of rank 4", -3),
    ].flatMap { sizes, axis in
        [
            OpCase.of("argmax \(sizes)", .none) { $0.argmax(over: axis) },
            OpCase.of("argmax \(sizes) kept", .none) { $0.argmax(over: axis, keepDims: true) },
            OpCase.of("argmin \(sizes)", .none) { $0.argmin(over: axis) },
            OpCase.of("argmin \(sizes) kept", .none) { $0.argmin(over: axis, keepDims: true) },
        ]
    }

    private static let reshapes: [OpCase] =
        ([
            ("a scalar to a matrix", [1, 1]), ("one to a scalar", []), ("to a vector", [-1]), ("nothing", [3, 0, 2]),
            ("to the same", [2, 3]), ("to rank 4", [1, 2, 3, 1]),
        ] as [(String, Shape)]).map { sizes, shape in .of("reshaped \(sizes)") { $0.reshaped(to: shape) } }
        + [
            ("from 0", 0), ("of a scalar", 0), ("of one", 0), ("of nothing", 1), ("from the last", 1), ("from -2", -2),
        ].map { sizes, start in .of("flattened \(sizes)") { $0.flattened(from: start) } }
        + [.of("flattened after a transpose") { $0.transposed(0, 2).flattened() }]
        + ([
            ("of a scalar", [2, 2]), ("of one", [3]), ("to the same", [2, 3]), ("of nothing", [3, 0]),
            ("to nothing", [0, 2]), ("in the middle", [2, 3, 2]),
        ] as [(String, Shape)]).map { sizes, shape in .of("expanded \(sizes)") { $0.expanded(to: shape) } }

    private static let orders: [OpCase] =
        [("of a scalar", 0), ("of one", 0), ("of nothing", 1), ("-2", -2), ("2 of rank 3", 2)]
        .map { sizes, axis in .of("insertingAxis \(sizes)") { $0.insertingAxis(at: axis) } }
        + [
            .of("permuted 1 0") { $0.permuted(1, 0) }, .of("permuted of a vector") { $0.permuted(0) },
            .of("permuted of a scalar") { $0.permuted() }, .of("permuted of one") { $0.permuted(1, 0) },
            .of("permuted of nothing") { $0.permuted(2, 0, 1) }, .of("permuted to itself") { $0.permuted(0, 1) },
            .of("permuted of rank 4") { $0.permuted(-1, 2, 0, 1) },
            .of("transposed of one") { $0.transposed() }, .of("transposed of nothing") { $0.transposed() },
            .of("transposed 1 1") { $0.transposed(1, 1) }, .of("transposed -1 0") { $0.transposed(-1, 0) },
            .of("transposed 3 1 of rank 4") { $0.transposed(3, 1) },
        ]

    private static let cuts: [OpCase] = [
        .of("sliced of a vector") { $0.sliced(1..<4) }, .of("sliced of one") { $0.sliced(0..<1) },
        .of("sliced of nothing") { $0.sliced(1..<2) }, .of("sliced all") { $0.sliced(0..<3) },
        .of("sliced of the middle") { $0.sliced(1..<3, along: 1) },
    ]

    private static let joins: [OpCase] =
        [("of one", 0), ("of vectors", 0), ("of nothing", 0), ("1 of rank 3", 1), ("-2", -2)]
        .map { sizes, axis in OpCase("concatenated \(sizes)") { .concatenated($0, along: axis) } }
        + [("of one", 0), ("of scalars", 0), ("of nothing", 2), ("-1", -1), ("0 of rank 3", 0)]
        .map { sizes, axis in OpCase("stacked \(sizes)") { .stacked($0, along: axis) } }

    private static let alongAnAxis: [OpCase] =
        ["of one", "of nothing", "of no features", "to nothing", "of rank 4"]
        .map { sizes in OpCase("linear \(sizes)") { $0[0].linear(weight: $0[1], bias: $0[2]) } }
        + [("of a vector", 0), ("of one", 1), ("of nothing", -1), ("over nothing", 1), ("of rank 4", -3)]
        .flatMap { sizes, axis in
            [
                OpCase.of("softmax \(sizes)") { $0.softmax(over: axis) },
                OpCase.of("logSoftmax \(sizes)") { $0.logSoftmax(over: axis) },
            ]
        }
        + [("scalar", 3), ("one", 1), ("nothing", 2), ("of a matrix", 4), ("of unused classes", 5)]
        .map { sizes, classes in .of("oneHot \(sizes)", .none) { $0.oneHot(classes: classes) } }
}
