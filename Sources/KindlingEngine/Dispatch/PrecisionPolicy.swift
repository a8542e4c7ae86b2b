// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend

/// Mixed precision: which operations run in a type of half the width and which in float32, while parameters stay
/// float32.
///
/// Where a policy is in force, an operation's floating-point inputs are converted before it runs, as its rule says; what
/// comes back to a float32 parameter is a float32 gradient. Gradients of an operation run in the types of the operation.
/// float64 and whole numbers are never converted. The standard rules follow PyTorch's autocast; the article *Mixed
/// precision* lists them and says where they differ.
///
///     var policy = PrecisionPolicy(.bfloat16)
///     policy["softmax"] = .half
///     let logits = withPrecision(policy) { model(images) }
///
/// A rule is found by the operation's name as it stands in messages: `matmul`, `convolution`, `softmax`. What has no rule
/// runs in the type that its inputs promote to. A name that no operation has is an error where the policy is put in
/// force. A `Trainer` takes a policy as its precision, `.mixed(policy)`.
public struct PrecisionPolicy: Sendable, Hashable {
    /// A type of half the width of float32.
    public enum HalfType: String, Sendable, Hashable, CaseIterable {
        /// The range of float32 with 8 bits of precision: gradients need no scaling.
        case bfloat16
        /// 11 bits of precision, but nothing above 65504 and little below 6 · 10⁻⁵: losses are scaled.
        case float16

        /// As an element type.
        public var dtype: DType { self == .bfloat16 ? .bfloat16 : .float16 }
    }

    /// In which type an operation runs.
    public enum Rule: String, Sendable, Hashable, CaseIterable {
        /// In the policy's half type.
        case half
        /// In float32.
        case float32
        /// In the type that its inputs promote to.
        case promoted
    }

    /// The type of operations whose rule is ``Rule/half``.
    public var half: HalfType
    /// The rules by operation; others are promoted.
    public private(set) var rules: [String: Rule]
    /// An operation that has a rule and that there is not; nil when all rules have their operations.
    public private(set) var unknownOperation: String?

    /// A policy with rules by operation.
    /// - Parameter rules: The standard ones by default.
    public init(_ half: HalfType, rules: [String: Rule] = PrecisionPolicy.standardRules) {
        self.half = half
        self.rules = rules
        // The standard ones are known, which a test holds.
        if rules != PrecisionPolicy.standardRules {
            unknownOperation = rules.keys.sorted().first { !PrecisionPolicy.known.contains($0) }
        }
    }

    /// The rule of an operation, by its name in messages.
    public subscript(operation: String) -> Rule {
        get { rules[operation] ?? .promoted }
        set {
            rules[operation] = newValue == .promoted ? nil : newValue
            if unknownOperation == nil, !PrecisionPolicy.known.contains(operation) { unknownOperation = operation }
        }
    }

    /// Products in the half type; norms, softmax, losses, reductions and what is like exp or log in float32.
    public static let standardRules: [String: Rule] =
        Dictionary(uniqueKeysWithValues: products.map { ($0, .half) } + sensitive.map { ($0, .float32) })

    private static let known = Set(operationNames)

    /// Notes a rule for an operation that there is not.
    fileprivate func noteUnknownOperation() {
        guard let unknownOperation else { return }
        ErrorScope.record(
            TensorError(
                .invalidValue, operation: "withPrecision",
                "the policy has a rule for '\(unknownOperation)', which no operation is called",
                remedy: "take the name that the operation has in messages; PrecisionPolicy.operationNames lists them"))
    }

    private static let products = [
        "matmul", "convolution", "transposed convolution", "scaledDotProductAttention", "lstm", "gru", "recurrent",
        "prelu",
    ]

    private static let sensitive =
        // Like exp and log, and powers.
        [
            "exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "logAddExp", "power", "squared", "reciprocal",
            "reciprocalSquareRoot",
            "softplus", "tan", "sinh", "cosh", "asin", "acos",
        ]
        // Reductions and what adds up along an axis.
        + ["sum", "mean", "product", "norm", "logSumExp", "cumulativeSum", "cumulativeProduct", "linearRecurrence"]
        // Norms: their results have the type of their inputs.
        + ["batchNormalized", "layerNormalized", "groupNormalized", "instanceNormalized", "rmsNormalized"]
        + ["softmax", "logSoftmax"]
        // Losses.
        + [
            "crossEntropy", "negativeLogLikelihood", "binaryCrossEntropy", "binaryCrossEntropyWithLogits",
            "meanSquaredError", "l1Loss", "smoothL1Loss", "huberLoss", "klDivergence", "poissonNegativeLogLikelihood",
            "gaussianNegativeLogLikelihood", "hingeLoss", "marginRankingLoss", "tripletMarginLoss", "cosineSimilarity",
            "cosineEmbeddingLoss", "focalLoss", "diceLoss", "ctcLoss",
        ]
        // Factorizations, which take nothing narrower.
        + [
            "cholesky", "choleskySolve", "determinant", "logDeterminant", "eigh", "inverse", "solve", "triangularSolve",
            "qr", "svd", "singularValues", "pseudoInverse", "leastSquares", "matrixPower",
        ]
}

/// Runs `body` under a policy; nil ends the influence of an outer one.
///
/// Parameters are converted once, however often they are used in `body`. Backward passes inside are not under the
/// policy: they run in the types of the forward pass.
///
///     let loss = withPrecision(PrecisionPolicy(.bfloat16)) { crossEntropy(model(images), digits) }
///     try loss.backward()
public func withPrecision<Result>(_ policy: PrecisionPolicy?, _ body: () throws -> Result) rethrows -> Result {
    guard let policy else { return try PrecisionScope.suspended(body) }
    policy.noteUnknownOperation()
    Watchers.add(.precision)
    defer { Watchers.remove(.precision) }
    return try PrecisionScope.$current.withValue(PrecisionScope(policy), operation: body)
}

/// Runs `body`, which waits for something on its way, under a policy; nil ends the influence of an outer one.
public func withPrecision<Result>(_ policy: PrecisionPolicy?, _ body: () async throws -> Result) async rethrows
    -> Result
{
    policy?.noteUnknownOperation()
    Watchers.add(.precision)
    defer { Watchers.remove(.precision) }
    return try await PrecisionScope.$current.withValue(policy.map { PrecisionScope($0) }, operation: body)
}
