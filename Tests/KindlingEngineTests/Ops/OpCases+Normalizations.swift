// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension OpCase {
    static let normalizations: [OpCase] = batchNormalizations + layerNormalizations + groupNormalizations + dropouts

    private static let batchNormalizations: [OpCase] =
        ["[4, 3]", "[2, 2, 3]", "[2, 2, 2, 2]", "[1, 1, 3]", "[2, 1, 1, 2, 2]"].map { sizes in
            OpCase("batchNormalized \(sizes)") { $0[0].batchNormalized(weight: $0[1], bias: $0[2]).result }
        } + [
            .of("batchNormalized mean") { $0.batchNormalized().mean },
            .of("batchNormalized variance") { $0.batchNormalized().variance },
            .of("batchNormalized large epsilon") { $0.batchNormalized(epsilon: 0.5).result },
            OpCase("batchNormalized given [4, 3]") {
                $0[0].batchNormalized(mean: $0[1], variance: $0[2], weight: $0[3], bias: $0[4])
            },
            OpCase("batchNormalized given [2, 2, 2, 2]") {
                $0[0].batchNormalized(mean: $0[1], variance: $0[2], weight: $0[3], bias: $0[4], epsilon: 0.1)
            },
            OpCase("batchNormalized given alone") { $0[0].batchNormalized(mean: $0[1], variance: $0[2]) },
            OpCase("batchNormalized given with a bias") {
                $0[0].batchNormalized(mean: $0[1], variance: $0[2], bias: $0[3])
            },
            OpCase("batchNormalized given nothing") { $0[0].batchNormalized(mean: $0[1], variance: $0[2]) },
        ]

    private static let layerNormalizations: [OpCase] = [
        OpCase("layerNormalized") { $0[0].layerNormalized(weight: $0[1], bias: $0[2]) },
        OpCase("layerNormalized 2") { $0[0].layerNormalized(overLast: 2, weight: $0[1], bias: $0[2]) },
        OpCase("layerNormalized all") { $0[0].layerNormalized(overLast: 3, weight: $0[1]) },
        OpCase("layerNormalized with a bias") { $0[0].layerNormalized(bias: $0[1], epsilon: 0.5) },
        .of("layerNormalized of a vector") { $0.layerNormalized() },
        .of("layerNormalized of nothing") { $0.layerNormalized() },
        OpCase("rmsNormalized") { $0[0].rmsNormalized(weight: $0[1]) },
        OpCase("rmsNormalized 2") { $0[0].rmsNormalized(overLast: 2, weight: $0[1], epsilon: 1e-5) },
        .of("rmsNormalized large epsilon") { $0.rmsNormalized(epsilon: 0.5) },
        .of("rmsNormalized of one") { $0.rmsNormalized(epsilon: 0.1) },
        .of("rmsNormalized of nothing") { $0.rmsNormalized() },
        .of("l2Normalized") { $0.l2Normalized() }, .of("l2Normalized 0") { $0.l2Normalized(along: 0) },
        .of("l2Normalized 1") { $0.l2Normalized(along: 1) },
        .of("l2Normalized short") { $0.l2Normalized(epsilon: 50) },
        .of("l2Normalized zeros", .kinked) { $0.l2Normalized(epsilon: 0.1) },
        .of("l2Normalized of nothing") { $0.l2Normalized(along: 1) },
    ]

    private static let groupNormalizations: [OpCase] =
        [1, 2, 4].map { groups in
            OpCase("groupNormalized \(groups)") { $0[0].groupNormalized(groups: groups, weight: $0[1], bias: $0[2]) }
        } + [
            .of("groupNormalized of rows") { $0.groupNormalized(groups: 2, epsilon: 0.1) },
            OpCase("groupNormalized with a weight") { $0[0].groupNormalized(groups: 2, weight: $0[1]) },
            .of("groupNormalized of nothing") { $0.groupNormalized(groups: 2) },
            .of("instanceNormalized 1-D") { $0.instanceNormalized() },
            OpCase("instanceNormalized 2-D") { $0[0].instanceNormalized(weight: $0[1], bias: $0[2]) },
            .of("instanceNormalized 3-D") { $0.instanceNormalized(epsilon: 0.1) },
            OpCase("instanceNormalized with a bias") { $0[0].instanceNormalized(bias: $0[1]) },
            .of("instanceNormalized of nothing") { $0.instanceNormalized() },
        ]
        + [1, 2, 3, 5, 7].map { size in
            .of("localResponseNormalized \(size)") {
                $0.localResponseNormalized(size: size, alpha: 0.5, beta: 0.6, constant: 1.5)
            }
        }

    private static let dropouts: [OpCase] = [
        OpCase.of("dropout never") { dropped($0, 0) }, OpCase.of("dropout always") { dropped($0, 1) },
        OpCase.of("dropout of a scalar") { dropped($0, 0) }, OpCase.of("dropout of nothing") { dropped($0, 0.5) },
        OpCase.of("dropout always of one") { dropped($0, 1) },
    ]

    private static func dropped(_ x: Tensor, _ probability: Double) -> Tensor {
        var stream = RandomStream(seed: 7)
        return x.dropout(probability: probability, from: &stream)
    }
}
