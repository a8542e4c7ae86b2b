// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension OpCase {
    static let elementwise: [OpCase] = [
        .of("abs") { $0.abs() }, .of("negate") { -$0 }, .of("exp") { $0.exp() }, .of("expm1") { $0.expm1() },
        .of("sin") { $0.sin() }, .of("cos") { $0.cos() }, .of("tanh") { $0.tanh() }, .of("sigmoid") { $0.sigmoid() },
        .of("softplus") { $0.softplus() }, .of("erf") { $0.erf() }, .of("squared") { $0.squared() },
        .of("reciprocal") { $0.reciprocal() }, .of("relu") { $0.relu() },
        .of("leakyReLU") { $0.leakyReLU(slope: 0.2) }, .of("elu") { $0.elu(alpha: 1.5) }, .of("gelu") { $0.gelu() },
        .of("gelu approximate") { $0.gelu(approximate: true) }, .of("silu") { $0.silu() },
        .of("sign") { $0.sign() }, .of("floor") { $0.floor() }, .of("clamped") { $0.clamped(-0.51...0.71) },
        .of("power 3") { $0.power(3) }, .of("power 2") { $0.power(2) }, .of("log") { $0.log() },
        .of("squareRoot") { $0.squareRoot() }, .of("reciprocalSquareRoot") { $0.reciprocalSquareRoot() },
        .of("log1p") { $0.log1p() }, .of("power -1.5") { $0.power(-1.5) }, .of("power 0.5") { $0.power(0.5) },
    ]

    static let withNumbers: [OpCase] = [
        .of("x + 1.5") { $0 + 1.5 }, .of("1.5 + x") { 1.5 + $0 }, .of("x - 1.5") { $0 - 1.5 },
        .of("1.5 - x") { 1.5 - $0 }, .of("x * 2.5") { $0 * 2.5 }, .of("2.5 * x") { 2.5 * $0 },
        .of("x / 2.5") { $0 / 2.5 }, .of("2.5 / x") { 2.5 / $0 }, .of("x + 3") { $0 + 3 }, .of("3 + x") { 3 + $0 },
        .of("x - 3") { $0 - 3 }, .of("3 - x") { 3 - $0 }, .of("x * 3") { $0 * 3 }, .of("3 * x") { 3 * $0 },
        .of("x / 3") { $0 / 3 }, .of("3 / x") { 3 / $0 },
    ]

    static let binary: [OpCase] =
        ["same", "row", "outer", "scalar", "ranks", "nothing"].flatMap { sizes in
            [
                OpCase("+ \(sizes)") { $0[0] + $0[1] }, OpCase("- \(sizes)") { $0[0] - $0[1] },
                OpCase("* \(sizes)") { $0[0] * $0[1] }, OpCase("/ \(sizes)") { $0[0] / $0[1] },
            ]
        } + [
            OpCase("power") { $0[0].power($0[1]) }, OpCase("power broadcast") { $0[0].power($0[1]) },
            OpCase("minimum") { $0[0].minimum($0[1]) }, OpCase("maximum") { $0[0].maximum($0[1]) },
            OpCase("maximum of equals", .kinked) { $0[0].maximum($0[1]) },
            OpCase("selected") { $0[1].selected(where: $0[0], else: $0[2]) },
            OpCase(".==", .none) { $0[0] .== $0[1] }, OpCase(".!=", .none) { $0[0] .!= $0[1] },
            OpCase(".<", .none) { $0[0] .< $0[1] }, OpCase(".<=", .none) { $0[0] .<= $0[1] },
            OpCase(".>", .none) { $0[0] .> $0[1] }, OpCase(".>=", .none) { $0[0] .>= $0[1] },
            .of("isFinite", .none) { ($0 / ($0 - 1)).isFinite() },
            .of("isNaN", .none) { (($0 - 1) / ($0 - 1)).isNaN() },
        ]
}
