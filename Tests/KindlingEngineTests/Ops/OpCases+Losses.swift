// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension OpCase {
    static let losses = [
        lossesOfNumbers, lossesOfDistributions, lossesOfMargins, lossesOfVectors, lossesOfClasses, lossesOfSequences,
    ].flatMap(\.self)

    typealias ReducedLoss = @Sendable ([Tensor], LossReduction) -> Tensor

    /// A row for each reduction.
    private static func eachReduction(
        _ name: String, _ loss: @escaping ReducedLoss
    ) -> [OpCase] {
        LossReduction.allCases.map { reduction in
            OpCase("\(name) \(reduction.rawValue)") { loss($0, reduction) }
        }
    }

    /// A row for each reduction, one for one number and one for none.
    private static func reductions(_ name: String, _ loss: @escaping ReducedLoss) -> [OpCase] {
        eachReduction(name, loss) + [
            OpCase("\(name) of one number") { loss($0, .mean) },
            OpCase("\(name) of nothing") { loss($0, .sum) },
        ]
    }

    private static let lossesOfNumbers: [OpCase] =
        reductions("binaryCrossEntropyWithLogits") { $0[0].binaryCrossEntropyWithLogits($0[1], reduction: $1) }
        + reductions("binaryCrossEntropy") { $0[0].binaryCrossEntropy($0[1], reduction: $1) }
        + reductions("meanSquaredError") { $0[0].meanSquaredError($0[1], reduction: $1) }
        + reductions("l1Loss") { $0[0].l1Loss($0[1], reduction: $1) }
        + reductions("smoothL1Loss") { $0[0].smoothL1Loss($0[1], reduction: $1) }
        + reductions("huberLoss") { $0[0].huberLoss($0[1], reduction: $1) }
        + reductions("focalLoss") { $0[0].focalLoss($0[1], reduction: $1) }
        + eachReduction("diceLoss") { $0[0].diceLoss($0[1], reduction: $1) }
        + [
            OpCase("binaryCrossEntropyWithLogits of large logits", .kinked) {
                $0[0].binaryCrossEntropyWithLogits($0[1], reduction: .none)
            },
            OpCase("binaryCrossEntropyWithLogits positive") {
                $0[0].binaryCrossEntropyWithLogits($0[1], positiveWeight: $0[2])
            },
            OpCase("binaryCrossEntropyWithLogits weighted") {
                $0[0].binaryCrossEntropyWithLogits($0[1], weights: $0[2])
            },
            OpCase("binaryCrossEntropyWithLogits of both") {
                $0[0].binaryCrossEntropyWithLogits($0[1], positiveWeight: $0[2], weights: $0[3], reduction: .none)
            },
            OpCase("binaryCrossEntropyWithLogits of truths") { $0[0].binaryCrossEntropyWithLogits($0[1]) },
            OpCase("binaryCrossEntropy weighted") { $0[0].binaryCrossEntropy($0[1], weights: $0[2]) },
            OpCase("binaryCrossEntropy of extremes", .kinked) { $0[0].binaryCrossEntropy($0[1], reduction: .none) },
            OpCase("meanSquaredError weighted") { $0[0].meanSquaredError($0[1], weights: $0[2]) },
            OpCase("l1Loss weighted") { $0[0].l1Loss($0[1], weights: $0[2], reduction: .sum) },
            OpCase("smoothL1Loss 0.25") { $0[0].smoothL1Loss($0[1], beta: 0.25, reduction: .none) },
            OpCase("smoothL1Loss 0") { $0[0].smoothL1Loss($0[1], beta: 0) },
            OpCase("huberLoss 0.25") { $0[0].huberLoss($0[1], delta: 0.25, reduction: .none) },
            OpCase("focalLoss without alpha") { $0[0].focalLoss($0[1], alpha: nil, gamma: 0.5, reduction: .none) },
            OpCase("focalLoss of gamma 0") { $0[0].focalLoss($0[1], alpha: 0.4, gamma: 0, reduction: .none) },
            OpCase("diceLoss unsmoothed") { $0[0].diceLoss($0[1], smoothing: 0) },
            OpCase("diceLoss of numbers") { $0[0].diceLoss($0[1], reduction: .none) },
            OpCase("diceLoss of empty masks") { $0[0].diceLoss($0[1], reduction: .none) },
        ]

    private static let lossesOfDistributions: [OpCase] =
        reductions("klDivergence") { $0[0].klDivergence($0[1], reduction: $1) }
        + eachReduction("klDivergence of logarithms") { $0[0].klDivergence($0[1], logTarget: true, reduction: $1) }
        + reductions("poissonNegativeLogLikelihood") { $0[0].poissonNegativeLogLikelihood($0[1], reduction: $1) }
        + reductions("gaussianNegativeLogLikelihood") {
            $0[0].gaussianNegativeLogLikelihood($0[1], variances: $0[2], reduction: $1)
        }
        + [
            OpCase("klDivergence of zeros") { $0[0].klDivergence($0[1], reduction: .none) },
            OpCase("poissonNegativeLogLikelihood of rates") {
                $0[0].poissonNegativeLogLikelihood($0[1], logInput: false)
            },
            OpCase("poissonNegativeLogLikelihood full") {
                $0[0].poissonNegativeLogLikelihood($0[1], full: true, reduction: .none)
            },
            OpCase("poissonNegativeLogLikelihood of rates full") {
                $0[0].poissonNegativeLogLikelihood(
                    $0[1], logInput: false, full: true, epsilon: 0.1, reduction: .none)
            },
            OpCase("gaussianNegativeLogLikelihood full") {
                $0[0].gaussianNegativeLogLikelihood($0[1], variances: $0[2], full: true, reduction: .none)
            },
        ]

    private static let lossesOfMargins: [OpCase] =
        reductions("hingeLoss") { $0[0].hingeLoss($0[1], reduction: $1) }
        + reductions("marginRankingLoss") { $0[0].marginRankingLoss($0[1], $0[2], reduction: $1) }
        + eachReduction("tripletMarginLoss") {
            $0[0].tripletMarginLoss(positives: $0[1], negatives: $0[2], reduction: $1)
        }
        + [
            OpCase("hingeLoss 0.5") { $0[0].hingeLoss($0[1], margin: 0.5, reduction: .none) },
            OpCase("marginRankingLoss 0.4") {
                $0[0].marginRankingLoss($0[1], $0[2], margin: 0.4, reduction: .none)
            },
            OpCase("tripletMarginLoss swapping") {
                $0[0].tripletMarginLoss(
                    positives: $0[1], negatives: $0[2], margin: 2, swapping: true, reduction: .none)
            },
            OpCase("tripletMarginLoss 1") {
                $0[0].tripletMarginLoss(positives: $0[1], negatives: $0[2], margin: 5, exponent: 1, reduction: .none)
            },
            OpCase("tripletMarginLoss 3") {
                $0[0].tripletMarginLoss(positives: $0[1], negatives: $0[2], margin: 5, exponent: 3, epsilon: 1e-3)
            },
            OpCase("tripletMarginLoss of vectors") {
                $0[0].tripletMarginLoss(positives: $0[1], negatives: $0[2], margin: 5)
            },
        ]

    private static func signs(_ like: Tensor) -> Tensor { Tensor([-1, 1, 1, -1], dtype: like.dtype) }

    private static let lossesOfVectors: [OpCase] =
        eachReduction("cosineEmbeddingLoss") {
            $0[0].cosineEmbeddingLoss($0[1], signs($0[0]), reduction: $1)
        } + [
            OpCase("cosineEmbeddingLoss 0.3") {
                $0[0].cosineEmbeddingLoss($0[1], signs($0[0]), margin: 0.3, reduction: .none)
            },
            OpCase("cosineEmbeddingLoss of vectors") { $0[0].cosineEmbeddingLoss($0[1], Tensor(-1)) },
            OpCase("cosineSimilarity") { $0[0].cosineSimilarity(to: $0[1], along: 1) },
            OpCase("cosineSimilarity -1") { $0[0].cosineSimilarity(to: $0[1]) },
            OpCase("cosineSimilarity broadcast") { $0[0].cosineSimilarity(to: $0[1], along: 2) },
            OpCase("cosineSimilarity of vectors") { $0[0].cosineSimilarity(to: $0[1], along: 0) },
            OpCase("cosineSimilarity of one number") { $0[0].cosineSimilarity(to: $0[1]) },
            OpCase("cosineSimilarity of a zero", .kinked) { $0[0].cosineSimilarity(to: $0[1]) },
            OpCase("cosineSimilarity of nothing") { $0[0].cosineSimilarity(to: $0[1]) },
        ]

    private static func classWeights(_ like: Tensor) -> Tensor { Tensor([0.5, 1.5, 2], dtype: like.dtype) }

    private static let lossesOfClasses: [OpCase] =
        eachReduction("negativeLogLikelihood") { $0[0].negativeLogLikelihood($0[1], reduction: $1) }
        + eachReduction("negativeLogLikelihood weighted") {
            $0[0].negativeLogLikelihood($0[1], weights: classWeights($0[0]), reduction: $1)
        }
        + eachReduction("negativeLogLikelihood ignoring") {
            $0[0].negativeLogLikelihood($0[1], weights: classWeights($0[0]), ignoring: 2, reduction: $1)
        }
        + eachReduction("negativeLogLikelihood of places") {
            $0[0].negativeLogLikelihood($0[1], ignoring: 0, reduction: $1)
        }
        + eachReduction("crossEntropy of classes") { $0[0].crossEntropy(classes: $0[1], reduction: $1) }
        + eachReduction("crossEntropy of classes with all") {
            $0[0].crossEntropy(
                classes: $0[1], weights: classWeights($0[0]), smoothing: 0.3, ignoring: 1, reduction: $1)
        }
        + eachReduction("crossEntropy of classes of places") {
            $0[0].crossEntropy(classes: $0[1], weights: classWeights($0[0]), ignoring: 0, reduction: $1)
        }
        + eachReduction("crossEntropy of probabilities") { $0[0].crossEntropy(probabilities: $0[1], reduction: $1) }
        + eachReduction("crossEntropy of probabilities with all") {
            $0[0].crossEntropy(probabilities: $0[1], weights: classWeights($0[0]), smoothing: 0.3, reduction: $1)
        }
        + [
            OpCase("negativeLogLikelihood of one class") { $0[0].negativeLogLikelihood($0[1]) },
            OpCase("negativeLogLikelihood of nothing") { $0[0].negativeLogLikelihood($0[1], reduction: .sum) },
            OpCase("crossEntropy of one class") { $0[0].crossEntropy(classes: $0[1]) },
            OpCase("crossEntropy of no classes") { $0[0].crossEntropy(classes: $0[1], reduction: .sum) },
        ]

    private static func alignment(
        _ name: String, _ inputs: [Int], _ targets: [Int], blank: Int = 0, zeroInfinity: Bool = false,
        reduction: LossReduction = .mean
    ) -> OpCase {
        OpCase(name) {
            $0[0].logSoftmax().ctcLoss(
                $0[1], inputLengths: inputs, targetLengths: targets, blank: blank, zeroInfinity: zeroInfinity,
                reduction: reduction)
        }
    }

    private static let lossesOfSequences: [OpCase] =
        LossReduction.allCases.flatMap { reduction in
            [
                alignment("ctcLoss \(reduction.rawValue)", [6, 6], [3, 3], reduction: reduction),
                alignment("ctcLoss of lengths \(reduction.rawValue)", [5, 3], [2, 1], reduction: reduction),
            ]
        } + [
            alignment("ctcLoss of another blank", [5, 5], [2, 3], blank: 3),
            alignment("ctcLoss without labels", [4, 3], [0, 2], reduction: .none),
            alignment("ctcLoss of one step", [1], [1]),
            OpCase("ctcLoss too short", .none) {
                (-$0[0].logSoftmax().ctcLoss($0[1], inputLengths: [2, 5], targetLengths: [3, 3], reduction: .none))
                    .exp()
            },
            alignment("ctcLoss too short but zero", [2, 5], [3, 3], zeroInfinity: true),
        ]
}
