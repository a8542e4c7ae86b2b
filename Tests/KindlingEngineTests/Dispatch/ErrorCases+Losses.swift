// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension ErrorCase {
    static let losses = [lossesOfPairs, lossesOfMargins, lossesOfClasses, lossesOfSequences].flatMap(\.self)

    /// The three mistakes that every loss of predictions and targets refuses.
    private static func pairs(
        _ name: String, _ loss: @escaping @Sendable (Tensor, Tensor) -> Tensor
    ) -> [ErrorCase] {
        let role = name == "binaryCrossEntropyWithLogits" ? "logits" : "predictions"
        return [
            ErrorCase(
                .shapeMismatch,
                "\(name): targets of shape [3] do not fit, [3, 1] is needed; reshape or expand them"
            ) { loss(zeros(3, 1), zeros(3)) },
            ErrorCase(
                .shapeMismatch, "\(name): targets of shape [0] do not fit, [] is needed; reshape or expand them"
            ) { loss(zeros(), zeros(0)) },
            ErrorCase(
                .dtypeMismatch,
                "\(name): \(role) of int64 are not floating-point numbers; convert them: converted(to: .float32)"
            ) { loss(zeros(3, dtype: .int64), zeros(3)) },
        ]
    }

    private static let lossesOfPairs: [ErrorCase] =
        pairs("binaryCrossEntropyWithLogits") { $0.binaryCrossEntropyWithLogits($1) }
        + pairs("binaryCrossEntropy") { $0.binaryCrossEntropy($1) }
        + pairs("meanSquaredError") { $0.meanSquaredError($1) }
        + pairs("l1Loss") { $0.l1Loss($1) }
        + pairs("smoothL1Loss") { $0.smoothL1Loss($1) }
        + pairs("huberLoss") { $0.huberLoss($1) }
        + pairs("klDivergence") { $0.klDivergence($1) }
        + pairs("hingeLoss") { $0.hingeLoss($1) }
        + pairs("focalLoss") { $0.focalLoss($1) }
        + pairs("diceLoss") { $0.diceLoss($1) }
        + pairs("poissonNegativeLogLikelihood") { $0.poissonNegativeLogLikelihood($1) }
        + pairs("gaussianNegativeLogLikelihood") { $0.gaussianNegativeLogLikelihood($1, variances: zeros()) }
        + pairs("marginRankingLoss") { $0.marginRankingLoss($0, $1) }
        + [
            ErrorCase(
                .shapeMismatch,
                "binaryCrossEntropyWithLogits: positive weights of shape [2] cannot be repeated to fill [3]; axes that "
                    + "grow must have size 1"
            ) { zeros(3).binaryCrossEntropyWithLogits(zeros(3), positiveWeight: zeros(2)) },
            ErrorCase(
                .shapeMismatch,
                "meanSquaredError: weights of shape [2, 3] cannot be repeated to fill [3]; axes that grow must have "
                    + "size 1"
            ) { zeros(3).meanSquaredError(zeros(3), weights: zeros(2, 3)) },
            ErrorCase(.invalidValue, "smoothL1Loss: a beta of -1.0 is not a number of 0 or more") {
                zeros(3).smoothL1Loss(zeros(3), beta: -1)
            },
            ErrorCase(.invalidValue, "huberLoss: a delta of nan is not a positive number") {
                zeros(3).huberLoss(zeros(3), delta: .nan)
            },
            ErrorCase(.invalidValue, "focalLoss: an alpha of 1.5 is not within 0 ... 1") {
                zeros(3).focalLoss(zeros(3), alpha: 1.5)
            },
            ErrorCase(.invalidValue, "focalLoss: a gamma of inf is not a number of 0 or more") {
                zeros(3).focalLoss(zeros(3), gamma: .infinity)
            },
            ErrorCase(.shapeMismatch, "diceLoss: a scalar is no batch of masks; give [N, …]") {
                zeros().diceLoss(zeros())
            },
            ErrorCase(.invalidValue, "diceLoss: a smoothing of -1.0 is not a number of 0 or more") {
                zeros(3).diceLoss(zeros(3), smoothing: -1)
            },
            ErrorCase(.invalidValue, "poissonNegativeLogLikelihood: an epsilon of 0.0 is not a positive number") {
                zeros(3).poissonNegativeLogLikelihood(zeros(3), epsilon: 0)
            },
            ErrorCase(
                .shapeMismatch,
                "gaussianNegativeLogLikelihood: variances of shape [2] cannot be repeated to fill [3]; axes that grow "
                    + "must have size 1"
            ) { zeros(3).gaussianNegativeLogLikelihood(zeros(3), variances: zeros(2)) },
        ]

    private static let lossesOfMargins: [ErrorCase] = [
        ErrorCase(.invalidValue, "hingeLoss: a margin of nan is not a finite number") {
            zeros(3).hingeLoss(zeros(3), margin: .nan)
        },
        ErrorCase(
            .shapeMismatch,
            "marginRankingLoss: other scores of shape [2] do not fit, [3] is needed; reshape or expand them"
        ) { zeros(3).marginRankingLoss(zeros(2), zeros(3)) },
        ErrorCase(.shapeMismatch, "tripletMarginLoss: a scalar is no vector; give […, D]") {
            zeros().tripletMarginLoss(positives: zeros(), negatives: zeros())
        },
        ErrorCase(
            .shapeMismatch,
            "tripletMarginLoss: negatives of shape [2, 2] do not fit, [2, 3] is needed; reshape or expand them"
        ) { zeros(2, 3).tripletMarginLoss(positives: zeros(2, 3), negatives: zeros(2, 2)) },
        ErrorCase(.invalidValue, "tripletMarginLoss: an exponent of 0.5 is not a number of 1 or more") {
            zeros(2, 3).tripletMarginLoss(positives: zeros(2, 3), negatives: zeros(2, 3), exponent: 0.5)
        },
        ErrorCase(
            .shapeMismatch,
            "cosineSimilarity: shapes [2] and [3] do not fit: sizes must be equal, or 1; reshape or expand one of them"
        ) { zeros(2).cosineSimilarity(to: zeros(3)) },
        ErrorCase(.invalidAxis, "cosineSimilarity: axis 9223372036854775807 does not exist in shape [3]") {
            zeros(3).cosineSimilarity(to: zeros(3), along: .max)
        },
        ErrorCase(
            .dtypeMismatch,
            "cosineSimilarity: vectors of int32 are not floating-point numbers; convert them: converted(to: .float32)"
        ) { zeros(3).cosineSimilarity(to: zeros(3, dtype: .int32)) },
        ErrorCase(.invalidValue, "cosineSimilarity: an epsilon of 0.0 is not a positive number") {
            zeros(3).cosineSimilarity(to: zeros(3), epsilon: 0)
        },
        ErrorCase(
            .shapeMismatch,
            "cosineEmbeddingLoss: targets of shape [2, 3] do not fit, [2] is needed; reshape or expand them"
        ) { zeros(2, 3).cosineEmbeddingLoss(zeros(2, 3), zeros(2, 3)) },
        ErrorCase(.invalidValue, "cosineEmbeddingLoss: a margin of 2.0 is not within -1 ... 1") {
            zeros(2, 3).cosineEmbeddingLoss(zeros(2, 3), zeros(2), margin: 2)
        },
        ErrorCase(.shapeMismatch, "cosineEmbeddingLoss: a scalar is no vector; give […, D]") {
            zeros().cosineEmbeddingLoss(zeros(), zeros())
        },
    ]

    private static let lossesOfClasses: [ErrorCase] = [
        ErrorCase(
            .shapeMismatch,
            "negativeLogLikelihood: logits of shape [2, 3, 4] do not fit classes of shape [2]; give one class number "
                + "for each place, [2, 4]"
        ) { zeros(2, 3, 4).negativeLogLikelihood(zeros(2, dtype: .int64)) },
        ErrorCase(
            .dtypeMismatch,
            "negativeLogLikelihood: classes of float32 are not whole numbers; give class numbers, or convert them: "
                + "converted(to: .int64)"
        ) { zeros(2, 3).negativeLogLikelihood(zeros(2)) },
        ErrorCase(
            .shapeMismatch,
            "negativeLogLikelihood: logits of shape [2, 0] have no axis of classes; give [N, C] or [N, C, d…] with at "
                + "least one class"
        ) { zeros(2, 0).negativeLogLikelihood(zeros(2, dtype: .int64)) },
        ErrorCase(
            .shapeMismatch,
            "negativeLogLikelihood: weights for classes of shape [2] do not fit, [3] is needed; reshape or expand them"
        ) { zeros(2, 3).negativeLogLikelihood(zeros(2, dtype: .int64), weights: zeros(2)) },
        ErrorCase(
            .indexOutOfRange,
            "gather: index 3 at place 1 is outside of the first axis, which has size 3; give indices in -3 ... 2"
        ) { zeros(2, 3).negativeLogLikelihood(Tensor([0, 3] as [Int])) },
        ErrorCase(
            .indexOutOfRange,
            "gather: index -4 at place 0 is outside of the first axis, which has size 3; give indices in -3 ... 2"
        ) { zeros(2, 3).negativeLogLikelihood(Tensor([-1, 0] as [Int])) },
        ErrorCase(
            .shapeMismatch,
            "crossEntropy: logits of shape [2, 3, 4] do not fit classes of shape [4, 2]; give one class number for "
                + "each place, [2, 4]"
        ) { zeros(2, 3, 4).crossEntropy(classes: zeros(4, 2, dtype: .int64)) },
        ErrorCase(.invalidValue, "crossEntropy: a smoothing of -0.5 is not within 0 ... 1") {
            zeros(2, 3).crossEntropy(classes: zeros(2, dtype: .int64), smoothing: -0.5)
        },
        ErrorCase(
            .shapeMismatch,
            "crossEntropy: probabilities of shape [2] do not fit, [2, 3] is needed; reshape or expand them"
        ) { zeros(2, 3).crossEntropy(probabilities: zeros(2)) },
        ErrorCase(
            .dtypeMismatch,
            "crossEntropy: probabilities of int64 are not floating-point numbers; convert them: converted(to: .float32)"
        ) { zeros(2, 3).crossEntropy(probabilities: zeros(2, 3, dtype: .int64)) },
        ErrorCase(.invalidValue, "crossEntropy: a smoothing of nan is not within 0 ... 1") {
            zeros(2, 3).crossEntropy(probabilities: zeros(2, 3), smoothing: .nan)
        },
    ]

    private static let lossesOfSequences: [ErrorCase] = [
        ErrorCase(
            .shapeMismatch,
            "ctcLoss: log-probabilities of shape [4, 2, 3] do not fit labels of shape [3, 2]; give log-probabilities "
                + "[T, N, C] and labels [N, S]"
        ) { zeros(4, 2, 3).ctcLoss(zeros(3, 2, dtype: .int64), inputLengths: [4, 4], targetLengths: [2, 2]) },
        ErrorCase(
            .dtypeMismatch, "ctcLoss: labels of float32 are not whole numbers; convert them: converted(to: .int64)"
        ) { zeros(4, 1, 3).ctcLoss(zeros(1, 2), inputLengths: [4], targetLengths: [2]) },
        ErrorCase(.invalidValue, "ctcLoss: the blank 9223372036854775807 is not one of the 3 classes") {
            zeros(4, 1, 3).ctcLoss(zeros(1, 2, dtype: .int64), inputLengths: [4], targetLengths: [2], blank: .max)
        },
        ErrorCase(
            .invalidValue,
            "ctcLoss: input lengths [5] do not fit 1 sequences of up to 4; give one length for each sequence, 0 ... 4"
        ) { zeros(4, 1, 3).ctcLoss(zeros(1, 2, dtype: .int64), inputLengths: [5], targetLengths: [2]) },
        ErrorCase(
            .invalidValue,
            "ctcLoss: target lengths [-1] do not fit 1 sequences of up to 2; give one length for each sequence, 0 ... 2"
        ) { zeros(4, 1, 3).ctcLoss(zeros(1, 2, dtype: .int64), inputLengths: [4], targetLengths: [-1]) },
        ErrorCase(
            .indexOutOfRange,
            "gather: index 7 at place 3 is outside of the first axis, which has size 3; give indices in -3 ... 2"
        ) { zeros(4, 1, 3).ctcLoss(Tensor([[1, 7]] as [[Int]]), inputLengths: [4], targetLengths: [2]) },
    ]
}
