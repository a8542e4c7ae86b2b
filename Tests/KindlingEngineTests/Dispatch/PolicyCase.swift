// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

/// A use of an operation that has a rule, on inputs of one type with parameters in float32.
struct PolicyCase: Sendable {
    let operation: String
    /// Whether the result has the type of the inputs, whatever the operation runs in.
    let keepsInputType: Bool
    private let body: @Sendable (DType) -> Tensor

    func result(in dtype: DType) -> Tensor { body(dtype) }

    private init(_ operation: String, keepsInputType: Bool = false, _ body: @escaping @Sendable (DType) -> Tensor) {
        self.operation = operation
        self.keepsInputType = keepsInputType
        self.body = body
    }

    private static func numbers(_ dtype: DType, _ sizes: Int...) -> Tensor {
        let shape = Shape(sizes)
        let values = (0..<shape.elementCount).map { Float($0 % 7 + 1) / 8 }
        return Tensor(values, shape: shape).converted(to: dtype)
    }

    private static func unary(_ operation: String, _ body: @escaping @Sendable (Tensor) -> Tensor) -> PolicyCase {
        PolicyCase(operation) { body(numbers($0, 3)) }
    }

    private static func loss(_ operation: String, _ body: @escaping @Sendable (Tensor, Tensor) -> Tensor) -> PolicyCase
    {
        PolicyCase(operation) { body(numbers($0, 2, 3), numbers($0, 2, 3)) }
    }

    /// Two matrices that have an inverse.
    private static func matrices(_ operation: String, _ body: @escaping @Sendable (Tensor) -> Tensor) -> PolicyCase {
        PolicyCase(operation) { body(Tensor([2, 0.5, 0.5, 1] as [Float], shape: [2, 2]).converted(to: $0)) }
    }

    private static func recurrent(
        _ operation: String, gates: Int, _ body: @escaping @Sendable (Tensor, RecurrentWeights) -> Tensor
    ) -> PolicyCase {
        PolicyCase(operation) {
            body(
                numbers($0, 3, 2, 2),
                RecurrentWeights(
                    input: numbers(.float32, gates * 2, 2), hidden: numbers(.float32, gates * 2, 2),
                    inputBias: numbers(.float32, gates * 2), hiddenBias: numbers(.float32, gates * 2)))
        }
    }

    static let all: [PolicyCase] = products + functions + reductions + normalizations + losses + factorizations

    private static let products = [
        PolicyCase("matmul") {
            numbers($0, 2, 3).linear(weight: numbers(.float32, 4, 3), bias: numbers(.float32, 4))
        },
        PolicyCase("convolution") {
            numbers($0, 1, 2, 4, 4).convolved(weight: numbers(.float32, 3, 2, 3, 3), bias: numbers(.float32, 3))
        },
        PolicyCase("transposed convolution") {
            numbers($0, 1, 2, 4, 4)
                .convolvedTransposed(weight: numbers(.float32, 2, 3, 3, 3), bias: numbers(.float32, 3))
        },
        PolicyCase("scaledDotProductAttention") {
            numbers($0, 1, 2, 3, 4).scaledDotProductAttention(
                key: numbers(.float32, 1, 2, 3, 4), value: numbers($0, 1, 2, 3, 4), causal: true)
        },
        recurrent("lstm", gates: 4) { $0.lstm($1).output },
        recurrent("gru", gates: 3) { $0.gru($1).output },
        recurrent("recurrent", gates: 1) { $0.recurrent($1).output },
        PolicyCase("prelu") { numbers($0, 2, 3).prelu(slope: numbers(.float32, 3)) },
    ]

    private static let functions = [
        unary("exp") { $0.exp() }, unary("exp2") { $0.exp2() }, unary("expm1") { $0.expm1() },
        unary("log") { $0.log() }, unary("log2") { $0.log2() }, unary("log10") { $0.log10() },
        unary("log1p") { $0.log1p() }, unary("logAddExp") { $0.logAddExp($0) }, unary("power") { $0.power(2.5) },
        unary("squared") { $0.squared() }, unary("reciprocal") { $0.reciprocal() },
        unary("reciprocalSquareRoot") { $0.reciprocalSquareRoot() }, unary("softplus") { $0.softplus() },
        unary("tan") { $0.tan() }, unary("sinh") { $0.sinh() }, unary("cosh") { $0.cosh() },
        unary("asin") { $0.asin() }, unary("acos") { $0.acos() },
        unary("softmax") { $0.softmax() }, unary("logSoftmax") { $0.logSoftmax() },
    ]

    private static let reductions = [
        unary("sum") { $0.sum() }, unary("mean") { $0.mean() }, unary("product") { $0.product() },
        unary("norm") { $0.norm() }, unary("logSumExp") { $0.logSumExp() },
        unary("cumulativeSum") { $0.cumulativeSum(along: 0) },
        unary("cumulativeProduct") { $0.cumulativeProduct(along: 0) },
        unary("linearRecurrence") { $0.linearRecurrence(decay: $0, along: 0) },
    ]

    private static let normalizations = [
        PolicyCase("batchNormalized", keepsInputType: true) {
            numbers($0, 2, 3, 2, 2).batchNormalized(weight: numbers(.float32, 3), bias: numbers(.float32, 3)).result
        },
        PolicyCase("layerNormalized", keepsInputType: true) {
            numbers($0, 2, 3).layerNormalized(weight: numbers(.float32, 3), bias: numbers(.float32, 3))
        },
        PolicyCase("groupNormalized", keepsInputType: true) { numbers($0, 2, 4, 2, 2).groupNormalized(groups: 2) },
        PolicyCase("instanceNormalized", keepsInputType: true) { numbers($0, 2, 4, 2, 2).instanceNormalized() },
        PolicyCase("rmsNormalized", keepsInputType: true) { numbers($0, 2, 3).rmsNormalized() },
    ]

    private static let losses = [
        PolicyCase("crossEntropy") { numbers($0, 2, 3).crossEntropy(classes: Tensor([0, 2])) },
        PolicyCase("negativeLogLikelihood") { numbers($0, 2, 3).negativeLogLikelihood(Tensor([0, 2])) },
        loss("binaryCrossEntropy") { $0.binaryCrossEntropy($1) },
        loss("binaryCrossEntropyWithLogits") { $0.binaryCrossEntropyWithLogits($1) },
        loss("meanSquaredError") { $0.meanSquaredError($1) }, loss("l1Loss") { $0.l1Loss($1) },
        loss("smoothL1Loss") { $0.smoothL1Loss($1) }, loss("huberLoss") { $0.huberLoss($1) },
        loss("klDivergence") { $0.klDivergence($1) },
        loss("poissonNegativeLogLikelihood") { $0.poissonNegativeLogLikelihood($1) },
        loss("gaussianNegativeLogLikelihood") { $0.gaussianNegativeLogLikelihood($1, variances: $1) },
        loss("hingeLoss") { $0.hingeLoss($1) }, loss("marginRankingLoss") { $0.marginRankingLoss($1, $1) },
        loss("tripletMarginLoss") { $0.tripletMarginLoss(positives: $1, negatives: -$1) },
        loss("cosineSimilarity") { $0.cosineSimilarity(to: $1) },
        loss("cosineEmbeddingLoss") { $0.cosineEmbeddingLoss($1, Tensor([1.0, -1.0])) },
        loss("focalLoss") { $0.focalLoss($1) }, loss("diceLoss") { $0.diceLoss($1) },
        PolicyCase("ctcLoss") {
            numbers($0, 3, 1, 4).ctcLoss(Tensor([1, 2], shape: [1, 2]), inputLengths: [3], targetLengths: [2])
        },
    ]

    private static let factorizations = [
        matrices("cholesky") { $0.cholesky() }, matrices("choleskySolve") { $0.choleskySolve($0) },
        matrices("determinant") { $0.determinant() }, matrices("logDeterminant") { $0.logDeterminant().logAbsolute },
        matrices("eigh") { $0.eigh().values }, matrices("inverse") { $0.inverse() }, matrices("solve") { $0.solve($0) },
        matrices("triangularSolve") { $0.triangularSolve($0) }, matrices("qr") { $0.qr().q },
        matrices("svd") { $0.svd().s }, matrices("singularValues") { $0.singularValues() },
        matrices("pseudoInverse") { $0.pseudoInverse() }, matrices("leastSquares") { $0.leastSquares($0) },
        matrices("matrixPower") { $0.matrixPower(3) },
    ]
}
