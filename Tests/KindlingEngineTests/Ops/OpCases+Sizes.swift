// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

/// Operations that had few shapes, in a vector, one element, none and three axes.
extension OpCase {
    static let otherSizes: [OpCase] = [
        reductionsOfSizes, truthsOfSizes, arrangementsOfSizes, pairsOfSizes, picturesOfSizes, lossesOfSizes,
    ].flatMap { families in families.flatMap(\.self) }

    private static let vectors = ["[4]", "[1, 1]", "[0, 3]", "[2, 1, 3]"]
    private static let squares = ["[1, 1]", "[0, 2]", "[4, 3]", "[2, 1, 3]"]
    private static let images = ["[1, 1, 1, 1]", "[0, 2, 3, 2]", "[2, 1, 2, 3]", "[1, 3, 2, 2]"]
    private static let batches = ["[1, 1]", "[0, 3]", "[5, 2]", "[2, 4]"]

    /// A row for each size of the fixtures.
    private static func each(
        _ name: String, _ sizes: [String] = vectors, _ smoothness: Smoothness = .smooth,
        _ apply: @escaping @Sendable ([Tensor]) -> Tensor
    ) -> [OpCase] {
        sizes.map { OpCase("\(name) \($0)", smoothness, apply) }
    }

    /// The same for an operation of one tensor.
    private static func sized(
        _ name: String, sizes: [String] = vectors, _ smoothness: Smoothness = .smooth,
        _ apply: @escaping @Sendable (Tensor) -> Tensor
    ) -> [OpCase] {
        each(name, sizes, smoothness) { apply($0[0]) }
    }

    private static let reductionsOfSizes: [[OpCase]] = [
        sized("sum -1") { $0.sum(over: -1) }, sized("mean -1") { $0.mean(over: -1) },
        sized("max -1") { $0.max(over: -1) },
        sized("min -1") { $0.min(over: -1) }, sized("variance -1") { $0.variance(over: -1, correction: 0) },
        // A root has no slope at the deviation of one number, 0; PyTorch's is 0 there.
        sized("standardDeviation -1", .kinked) { $0.standardDeviation(over: -1, correction: 0) },
        sized("logSumExp -1") { $0.logSumExp(over: -1) }, sized("sumWithoutNaN") { $0.sumWithoutNaN(over: -1) },
        sized("meanWithoutNaN") { $0.meanWithoutNaN(over: -1) }, sized("median") { $0.median(over: -1) },
        sized("quantile 0.4") { $0.quantile(0.4, over: -1) }, sized("topK 1") { $0.topK(1).values },
        sized("softmax") { $0.softmax() }, sized("softmin") { $0.softmin() }, sized("logSoftmax") { $0.logSoftmax() },
        sized("sparsemax", .kinked) { $0.sparsemax() }, sized("layerNormalized") { $0.layerNormalized(epsilon: 0.5) },
        sized("rmsNormalized") { $0.rmsNormalized(epsilon: 0.5) }, sized("l2Normalized") { $0.l2Normalized() },
    ]

    private static let truthsOfSizes: [[OpCase]] = [
        sized("any -1", .none) { ($0 .> 0).any(over: -1) }, sized("all -1", .none) { ($0 .> 0).all(over: -1) },
        sized("countNonZero -1", .none) { ($0 .> 0).countNonZero(over: -1) }, sized("argsort", .none) { $0.argsort() },
        sized("unique", .none) { $0.uniqueValues().values },
        sized("nonZeroIndices", .none) { ($0 .> 0).nonZeroIndices() },
        sized("histogram 2", .none) { $0.histogram(bins: 2, within: -2...2) },
        sized("binCounts", sizes: ["[1]", "[6]"], .none) { $0.binCounts() },
    ]

    private static let arrangementsOfSizes: [[OpCase]] = [
        sized("power 2.5") { $0.power(2.5) }, sized("slidingWindows") { $0.slidingWindows(size: 1) },
        sized("differences") { $0.differences() }, sized("trapezoid") { $0.trapezoid() },
        sized("flipped") { $0.flipped(over: -1) },
        sized("rolled 1") { $0.rolled(by: 1, along: -1) }, sized("repeated 2") { $0.repeated(2, along: -1) },
        sized("movingAxis") { $0.movingAxis(0, to: -1) }, sized("split size 1") { $0.split(size: 1, along: -1)[0] },
        sized("chunked 1") { $0.chunked(1, along: -1)[0] }, sized("padded") { $0.padded([(1, 0)]) },
        sized("squeezed") { $0.squeezed() },
        sized("dropout") {
            var stream = RandomStream(seed: 5)
            return $0.dropout(probability: 0, from: &stream)
        },
        sized("diagonal", sizes: squares) { $0.diagonal() }, sized("trace", sizes: squares) { $0.trace() },
        sized("diagonalMatrix", sizes: ["[1]", "[0]", "[4]", "[2, 2]"]) { $0.diagonalMatrix() },
    ]

    private static let pairsOfSizes: [[OpCase]] = [
        each(".==", vectors, .none) { $0[0] .== $0[1] }, each(".!=", vectors, .none) { $0[0] .!= $0[1] },
        each(".<", vectors, .none) { $0[0] .< $0[1] }, each(".<=", vectors, .none) { $0[0] .<= $0[1] },
        each(".>", vectors, .none) { $0[0] .> $0[1] }, each(".>=", vectors, .none) { $0[0] .>= $0[1] },
        each("linearRecurrence", ["[1, 1]", "[0, 1]"]) { $0[0].linearRecurrence(decay: $0[1], along: -1) },
        each("outer", ["[1]", "[0]", "[4]"]) { $0[0].outer($0[1]) },
        each("matmul", ["[1, 1]", "[0, 0]", "[2, 1, 1]", "[1, 3, 3]"]) { $0[0].matmul($0[1]) },
    ]

    private static let picturesOfSizes: [[OpCase]] = [
        sized("maxPool", sizes: images) { $0.maxPooled(size: [1, $0.shape[3]], stride: [1]) },
        sized("averagePool", sizes: images) { $0.averagePooled(size: [1, $0.shape[3]], stride: [1]) },
        sized("powerPooled", sizes: images) { $0.powerPooled(2, size: [1, $0.shape[3]]) },
        sized("adaptiveMaxPooled", sizes: images) { $0.adaptiveMaxPooled(to: [1, 2]) },
        sized("adaptiveAveragePooled", sizes: images) { $0.adaptiveAveragePooled(to: [1, 2]) },
        sized("globalMaxPooled", sizes: images) { $0.globalMaxPooled() },
        sized("globalAveragePooled", sizes: images) { $0.globalAveragePooled() },
        sized("groupNormalized", sizes: images) { $0.groupNormalized(groups: 1, epsilon: 0.5) },
        sized("instanceNormalized", sizes: images) { $0.instanceNormalized(epsilon: 0.5) },
        sized("localResponseNormalized", sizes: images) {
            $0.localResponseNormalized(size: 3, alpha: 0.5, beta: 0.6, constant: 1.5)
        },
        sized("pixelShuffled", sizes: images) { $0.pixelShuffled(by: 1) },
        sized("pixelUnshuffled", sizes: images) { $0.pixelUnshuffled(by: 1) },
        sized("unfolded", sizes: images) { $0.unfolded(size: [1]) },
        sized("folded", sizes: ["[1, 1, 1]", "[0, 2, 3]", "[2, 3, 1]"]) { $0.folded(to: [1, $0.shape[2]], size: [1]) },
        each("replacing", ["[0, 2]"]) { $0[0].replacing(.all, with: $0[1]) },
        sized("sinusoidalPositions", sizes: ["[0, 4]"]) {
            $0 + .sinusoidalPositions(count: 0, width: 4, dtype: $0.dtype)
        },
        each("convolution 1-D", ["[1, 1, 1]", "[0, 2, 3]", "[2, 1, 4]"]) { $0[0].convolved(weight: $0[1]) },
    ]

    private static let lossesOfSizes: [[OpCase]] = [
        each("meanSquaredError") { $0[0].meanSquaredError($0[1], reduction: .none) },
        each("l1Loss") { $0[0].l1Loss($0[1], reduction: .none) },
        each("smoothL1Loss") { $0[0].smoothL1Loss($0[1], reduction: .none) },
        each("huberLoss") { $0[0].huberLoss($0[1], reduction: .none) },
        each("binaryCrossEntropy") { $0[0].binaryCrossEntropy($0[1], reduction: .none) },
        each("binaryCrossEntropyWithLogits") { $0[0].binaryCrossEntropyWithLogits($0[1], reduction: .none) },
        each("klDivergence") { $0[0].klDivergence($0[1], reduction: .none) },
        each("hingeLoss 0.8") { $0[0].hingeLoss($0[1], margin: 0.8, reduction: .none) },
        each("marginRankingLoss") { $0[0].marginRankingLoss($0[1], $0[2], reduction: .none) },
        each("poissonNegativeLogLikelihood") { $0[0].poissonNegativeLogLikelihood($0[1], reduction: .none) },
        each("gaussianNegativeLogLikelihood") {
            $0[0].gaussianNegativeLogLikelihood($0[1], variances: $0[2], reduction: .none)
        },
        each("focalLoss") { $0[0].focalLoss($0[1], reduction: .none) },
        each("diceLoss", ["[1, 1]", "[4, 2]"]) { $0[0].diceLoss($0[1], reduction: .none) },
        each("cosineEmbeddingLoss", batches) {
            $0[0].cosineEmbeddingLoss(
                $0[1], .ones([$0[0].shape[0]], dtype: $0[0].dtype, on: $0[0].device), reduction: .none)
        },
        each("tripletMarginLoss", batches) {
            $0[0].tripletMarginLoss(positives: $0[1], negatives: $0[2], margin: 5, reduction: .none)
        },
        each("negativeLogLikelihood", batches) { $0[0].negativeLogLikelihood($0[1], reduction: .none) },
    ]
}
