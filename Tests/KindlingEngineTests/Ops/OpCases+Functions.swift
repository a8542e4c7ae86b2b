// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension OpCase {
    /// An operation of one tensor, in every shape of the fixtures.
    static func shapes(
        _ name: String, _ smoothness: Smoothness = .smooth, _ apply: @escaping @Sendable (Tensor) -> Tensor
    ) -> [OpCase] {
        ["plain", "scalar", "one", "nothing", "deep"].map { .of("\(name) \($0)", smoothness, apply) }
    }

    /// An operation of two tensors, in every way of broadcasting of the fixtures.
    static func pairs(
        _ name: String, _ smoothness: Smoothness = .smooth, _ apply: @escaping @Sendable (Tensor, Tensor) -> Tensor
    ) -> [OpCase] {
        ["same", "row", "outer", "scalar", "ranks", "nothing"].map { sizes in
            OpCase("\(name) \(sizes)", smoothness) { apply($0[0], $0[1]) }
        }
    }

    static let functions: [OpCase] = [
        unaryFunctions, functionsOfIntegers, specialValues, binaryFunctions, ternaryFunctions, comparisons,
    ].flatMap(\.self)

    private static let unaryFunctions: [OpCase] = [
        shapes("ceiling") { $0.ceiling() }, shapes("rounded") { $0.rounded() }, shapes("truncated") { $0.truncated() },
        shapes("tan") { $0.tan() }, shapes("asin") { $0.asin() }, shapes("acos") { $0.acos() },
        shapes("atan") { $0.atan() }, shapes("sinh") { $0.sinh() }, shapes("cosh") { $0.cosh() },
        shapes("asinh") { $0.asinh() }, shapes("acosh") { $0.acosh() }, shapes("atanh") { $0.atanh() },
        shapes("log2") { $0.log2() }, shapes("log10") { $0.log10() }, shapes("exp2") { $0.exp2() },
        shapes("sinc") { $0.sinc() }, shapes("logit") { $0.logit() },
        shapes("logit with a margin") { $0.logit(margin: 0.2) }, shapes("logSigmoid") { $0.logSigmoid() },
        shapes("clamped from below") { $0.clamped(lower: -0.8) },
        shapes("clamped from above") { $0.clamped(upper: 0.7) }, shapes("minimum with 0.5") { $0.minimum(0.5) },
        shapes("minimum with 2") { $0.minimum(2) }, shapes("maximum with -0.5") { $0.maximum(-0.5) },
        shapes("maximum with -2") { $0.maximum(-2) }, shapes("remainder by 0.7") { $0.remainder(0.7) },
        shapes("remainder by -2") { $0.remainder(-2) }, shapes("replacingNonFinite") { $0.replacingNonFinite() },
        shapes("isInfinite", .none) { $0.isInfinite() }, shapes("logicalNot", .none) { .!$0 },
        shapes("floorDivided by 0.7", .none) { $0.floorDivided(by: 0.7) },
        shapes("floorDivided by -2", .none) { $0.floorDivided(by: -2) },
    ].flatMap(\.self)

    private static let functionsOfIntegers: [OpCase] = [
        .of("ceiling of integers", .none) { $0.ceiling() }, .of("rounded of integers", .none) { $0.rounded() },
        .of("truncated of integers", .none) { $0.truncated() },
        .of("isInfinite of integers", .none) { $0.isInfinite() }, .of("logicalNot of integers", .none) { .!$0 },
        .of("remainder by 3 of integers", .none) { $0.remainder(3) },
        .of("remainder by -3 of integers", .none) { $0.remainder(-3) },
        .of("floorDivided by 3 of integers", .none) { $0.floorDivided(by: 3) },
        .of("floorDivided by -3 of integers", .none) { $0.floorDivided(by: -3) },
        .of("minimum with 4 of integers", .none) { $0.minimum(4) },
        .of("maximum with 4 of integers", .none) { $0.maximum(4) },
        .of("replacingNonFinite of integers", .none) { $0.replacingNonFinite() },
        .of("clamped from below of integers", .none) { $0.clamped(lower: 1) },
        .of("clamped from above of integers", .none) { $0.clamped(upper: 4) },
        OpCase("remainder of integers", .none) { $0[0].remainder($0[1]) },
        OpCase("floorDivided of integers", .none) { $0[0].floorDivided(by: $0[1]) },
        OpCase("isClose of integers", .none) {
            $0[0].isClose(to: $0[1], relativeTolerance: 0.5, absoluteTolerance: 0)
        },
    ]

    private static let specialValues: [OpCase] = [
        .of("rounded halves", .kinked) { $0.rounded() },
        .of("clamped at its lower bound", .kinked) { $0.clamped(lower: 1) },
        .of("clamped at its upper bound", .kinked) { $0.clamped(upper: 1) },
        .of("clamped at its bounds", .kinked) { $0.clamped(0...2) },
        .of("minimum with its equal", .kinked) { $0.minimum(1) }, .of("sinc at 0") { $0.sinc() },
        .of("isInfinite of infinities", .none) { ($0 / 0).isInfinite() },
        .of("replacingNonFinite of all kinds", .none) {
            ($0 / 0).replacingNonFinite(nan: 0.5, positiveInfinity: 3, negativeInfinity: -4)
        },
        .of("replacingNonFinite by the greatest", .none) { ($0 / 0).replacingNonFinite().isFinite() },
        .of("logAddExp of infinities", .none) { ($0 / 0).logAddExp($0 / 0).isInfinite() },
        OpCase("logAddExp of large numbers", .kinked) { $0[0].logAddExp($0[1]) },
        OpCase("hypot of large numbers", .kinked) { ($0[0] * 1e30).hypot($0[1] * 1e30) * 1e-30 },
        OpCase("xlogy at 0", .kinked) { $0[0].xlogy($0[1]) }, OpCase("xlogy of zeros", .none) { $0[0].xlogy($0[1]) },
        OpCase("floorDivided by infinity", .none) { $0[0].floorDivided(by: $0[1] / 0) },
        OpCase("floorDivided near whole", .none) { $0[0].floorDivided(by: $0[1] / 10) },
        OpCase("floorDivided by zero", .none) { $0[0].floorDivided(by: $0[1]).isInfinite() },
        .of("isClose of NaN", .none) { ($0 / 0).isClose(to: $0 / 0) },
        .of("isClose with NaN", .none) { ($0 / 0).isClose(to: $0 / 0, equalNaN: true) },
        .of("isClose of opposite infinities", .none) { ($0 / 0).isClose(to: -$0 / 0) },
    ]

    private static let binaryFunctions: [OpCase] =
        [
            pairs("atan2") { $0.atan2($1) }, pairs("remainder") { $0.remainder($1) }, pairs("hypot") { $0.hypot($1) },
            pairs("xlogy") { $0.xlogy($1) }, pairs("logAddExp") { $0.logAddExp($1) },
            pairs("interpolated by 0.3") { $0.interpolated(to: $1, weight: 0.3) },
            pairs("interpolated by 0.9") { $0.interpolated(to: $1, weight: 0.9) },
            pairs("floorDivided", .none) { $0.floorDivided(by: $1) },
            pairs("isClose", .none) { $0.isClose(to: $1, relativeTolerance: 0.25, absoluteTolerance: 0.5) },
            pairs(".&", .none) { $0 .& $1 }, pairs(".|", .none) { $0 .| $1 }, pairs(".^", .none) { $0 .^ $1 },
        ].flatMap(\.self) + [
            OpCase(".& of numbers", .none) { $0[0] .& $0[1] }, OpCase(".| of numbers", .none) { $0[0] .| $0[1] },
            OpCase(".^ of numbers", .none) { $0[0] .^ $0[1] },
        ]

    private static let ternaryFunctions: [OpCase] =
        ["same", "row", "outer", "scalar", "nothing"].map { sizes in
            OpCase("interpolated \(sizes)") { $0[0].interpolated(to: $0[1], weight: $0[2]) }
        }

    private static let comparisons: [OpCase] = [
        comparisons(".==", { $0 .== $1 }, { $0 .== $1 }), comparisons(".!=", { $0 .!= $1 }, { $0 .!= $1 }),
        comparisons(".<", { $0 .< $1 }, { $0 .< $1 }), comparisons(".<=", { $0 .<= $1 }, { $0 .<= $1 }),
        comparisons(".>", { $0 .> $1 }, { $0 .> $1 }), comparisons(".>=", { $0 .>= $1 }, { $0 .>= $1 }),
    ].flatMap(\.self)

    private static func comparisons(
        _ name: String, _ real: @escaping @Sendable (Tensor, Double) -> Tensor,
        _ whole: @escaping @Sendable (Tensor, Int) -> Tensor
    ) -> [OpCase] {
        [
            .of("\(name) 0.5", .none) { real($0, 0.5) }, .of("\(name) 1", .none) { whole($0, 1) },
            .of("\(name) 0.5 of integers", .none) { real($0, 0.5) },
            .of("\(name) -0.5 of integers", .none) { real($0, -0.5) },
            .of("\(name) 1 of integers", .none) { whole($0, 1) },
            .of("\(name) 1.0 of integers", .none) { real($0, 1) },
            .of("\(name) 1e30 of integers", .none) { real($0, 1e30) },
            .of("\(name) -1e30 of integers", .none) { real($0, -1e30) },
            .of("\(name) NaN of integers", .none) { real($0, .nan) },
            .of("\(name) 0.5 of truths", .none) { real($0, 0.5) }, .of("\(name) 1 of nothing", .none) { whole($0, 1) },
        ]
    }
}
