// SPDX-License-Identifier: Apache-2.0
import KindlingBackend

/// What is asked of operations in bfloat16 and float16: how near they come to float64, and which refuse the type.
///
/// Errors are counted in roundings: multiples of the type's unit roundoff (2⁻⁸ for bfloat16, 2⁻¹¹ for float16) times the
/// largest number of the result, or 1 where that is smaller. Inputs are rounded to the type too, so a result is off by
/// its sensitivity to them even where the operation rounds but once.
enum ReducedPrecision {
    static let types: [DType] = [.bfloat16, .float16]

    /// 2⁻⁸ or 2⁻¹¹: the largest relative error of rounding to the type.
    static func unitRoundoff(_ dtype: DType) -> Double { dtype == .bfloat16 ? 1.0 / 256 : 1.0 / 2048 }

    /// Roundings that the value and the gradient may be off.
    struct Allowance: Sendable {
        let value: Double
        let gradient: Double
    }

    /// What most operations keep.
    static let usual = Allowance(value: 4, gradient: 8)

    /// Operations, or single rows by their whole name, that need more, and why.
    static let exceptions: [String: (Allowance, reason: String)] = [
        "floor": (Allowance(value: 128, gradient: 8), "a step: 1.997 is rounded to 2 before its floor is taken"),
        "hypot of large numbers": (
            Allowance(value: .infinity, gradient: .infinity), "the numbers are beyond float16's largest, 65504"
        ),
        "cosineSimilarity of a zero": (
            Allowance(value: 4, gradient: .infinity), "the gradient at zero is 1 / epsilon, beyond float16's largest"
        ),
        "binaryCrossEntropy of extremes": (
            Allowance(value: 4, gradient: .infinity), "the gradient near 0 is beyond float16's largest, 65504"
        ),
        "norm of order inf": (Allowance(value: 4, gradient: 256), "numbers that differ are rounded to one largest"),
        "norm of order inf, all": (
            Allowance(value: 4, gradient: 256), "numbers that differ are rounded to one largest"
        ),
        "norm of order inf kept": (
            Allowance(value: 4, gradient: 256), "numbers that differ are rounded to one largest"
        ),
        "logSumExp of large numbers": (
            Allowance(value: 4, gradient: 256), "the numbers are rounded before their small difference is taken"
        ),
        "cumulativeProduct of a long row": (
            Allowance(value: 16, gradient: 64), "each number's rounding is a factor of all products after it"
        ),
        "cosineEmbeddingLoss [5, 2]": (
            Allowance(value: 4, gradient: 9), "PyTorch's own bfloat16 is as far off, 8.2: rounded on the way"
        ),
        "logAddExp of large numbers": (
            Allowance(value: 4, gradient: 128), "the numbers are rounded before their small difference is taken"
        ),
    ]

    /// Operations, or single rows by their whole name, that refuse the reduced types, and why.
    static let refusals: [String: String] = Dictionary(
        uniqueKeysWithValues: factorizations.map { ($0, "factorizations lose what they solve for in 8 or 11 bits") })

    private static let factorizations = [
        "cholesky", "choleskySolve", "determinant", "eigh", "inverse", "leastSquares", "logDeterminant", "matrixPower",
        "pseudoInverse", "qr", "singularValues", "solve", "svd", "triangularSolve",
    ]

    /// Rows whose result stays float32 by design: statistics that later steps accumulate.
    static let wider: Set<String> = ["batchNormalized mean", "batchNormalized variance"]

    static func allowance(_ row: OpCase) -> Allowance {
        (exceptions[row.description] ?? exceptions[row.operation])?.0 ?? usual
    }

    static func refusal(_ row: OpCase) -> String? { refusals[row.description] ?? refusals[row.operation] }
}
