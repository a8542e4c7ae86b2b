// SPDX-License-Identifier: Apache-2.0

extension PrecisionPolicy {
    /// The names that operations have in messages, for which a policy can have rules.
    ///
    /// Operations that only look at the same memory otherwise have none, since they run in the type of their input.
    public static let operationNames: [String] = [
        "absolute", "acos", "acosh", "add", "all", "any", "argmax", "argmin", "argsort", "asin", "asinh", "atan",
        "atan2", "atanh", "averagePool", "batchNormalized", "binaryCrossEntropy", "binaryCrossEntropyWithLogits",
        "ceiling", "celu", "cholesky", "choleskySolve", "clamp", "concatenate", "contiguous", "convolution", "cos",
        "cosh", "cosineEmbeddingLoss", "cosineSimilarity", "countNonZero", "crossEntropy", "ctcLoss",
        "cumulativeProduct", "cumulativeSum", "determinant", "diagonalMatrix", "diceLoss", "divide", "dropout",
        "eigh", "elu", "equal", "erf", "exp", "exp2", "expm1", "floor", "floorDivided", "focalLoss", "gather",
        "gaussianNegativeLogLikelihood", "gelu", "globalAveragePooled", "globalMaxPooled", "glu", "groupNormalized",
        "gru", "hardShrink", "hardSigmoid", "hardSwish", "hardTanh", "hingeLoss", "huberLoss", "hypot",
        "instanceNormalized", "interpolated", "inverse", "isClose", "isFinite", "isInfinite", "isNaN", "klDivergence",
        "l1Loss", "layerNormalized", "leakyReLU", "leastSquares", "less", "lessOrEqual", "linearRecurrence",
        "localResponseNormalized", "log", "log10", "log1p", "log2", "logAddExp", "logDeterminant", "logSigmoid",
        "logSoftmax", "logSumExp", "logicalAnd", "logicalNot", "logicalOr", "logicalXor", "logit", "lstm",
        "marginRankingLoss", "matmul", "matrixPower", "matrixRank", "max", "maxPool", "maximum", "mean",
        "meanSquaredError", "meanWithoutNaN", "median", "min", "minimum", "mish", "multiply", "multiplyAdd", "negate",
        "negativeLogLikelihood", "norm", "notEqual", "pad", "poissonNegativeLogLikelihood", "power", "powerPooled",
        "prelu", "product", "pseudoInverse", "qr", "quantile", "quickGELU", "reciprocal", "reciprocalSquareRoot",
        "recurrent", "relu", "relu6", "reluSquared", "remainder", "replace", "replacingNonFinite", "rmsNormalized",
        "rounded", "sampledIndices", "scaledDotProductAttention", "scatterAdd", "select", "selu", "sigmoid", "sign",
        "silu", "sin", "sinc", "singularValues", "sinh", "smoothL1Loss", "softShrink", "softmax", "softplus",
        "softsign", "solve", "sorted", "sparsePlus", "sparseSigmoid", "squareRoot", "squared", "squareplus",
        "subtract", "sum", "sumWithoutNaN", "svd", "tan", "tanh", "tanhShrink", "thresholded", "topK",
        "transposed convolution", "triangularSolve", "tripletMarginLoss", "truncated", "truncatedNormal", "xlogy",
    ]
}
