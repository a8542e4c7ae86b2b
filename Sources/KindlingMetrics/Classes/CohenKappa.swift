// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
public import KindlingDeclarations
public import KindlingEngine

/// How much more often than by chance two judgements agree, at most 1 (Cohen 1960).
///
/// 1 − Σ w[i, j] · found[i, j] / Σ w[i, j] · by chance[i, j], where w is 1 off the diagonal, |i − j| or (i − j)². NaN where
/// only one class was said and is true. Inputs as for ``ConfusionMatrix``.
///
///     try CohenKappa(weighting: .quadratic).figure(logits, grades)
public struct CohenKappa: Metric {
    /// How bad it is to take one class for another.
    public enum Weighting: String, Sendable, CaseIterable {
        /// Equally bad for all.
        case none
        /// As bad as they are apart.
        case linear
        /// As bad as the square of how far they are apart.
        case quadratic
    }

    /// How bad it is to take one class for another.
    public let weighting: Weighting
    private let confusion: ConfusionMatrix

    /// A metric with these settings.
    public init(weighting: Weighting = .none, threshold: Double = 0.5, ignoredClass: Int = -100) {
        self.weighting = weighting
        confusion = ConfusionMatrix(threshold: threshold, ignoredClass: ignoredClass)
    }

    /// `kappa`.
    public var name: String { "kappa" }
    /// More is better.
    public var higherIsBetter: Bool { true }

    /// The batch's confusion matrix.
    public func figures(_ outputs: Tensor, _ targets: Tensor) throws(TensorError) -> BatchFigures {
        try confusion.figures(named: name, outputs, targets)
    }

    /// The agreement beyond chance.
    public func value(of sums: [Double], samples: Double) throws(TensorError) -> Double {
        guard let matrix = ConfusionMatrix.rows(of: sums) else { throw foreign(sums) }
        let total = sums.reduce(0, +)
        let said = matrix.indices.map { column in matrix.reduce(0) { $0 + $1[column] } }
        let known = matrix.map { $0.reduce(0, +) }
        var (found, chance) = (0.0, 0.0)
        for row in matrix.indices {
            for column in matrix.indices {
                let weight = weight(of: Double(row - column))
                found += weight * matrix[row][column]
                chance += weight * known[row] * said[column] / total
            }
        }
        return chance == 0 ? .nan : 1 - found / chance
    }

    private func weight(of distance: Double) -> Double {
        switch weighting {
        case .none: distance == 0 ? 0 : 1
        case .linear: abs(distance)
        case .quadratic: distance * distance
        }
    }

    static let component = Component<any Metric>(
        "CohenKappa", "How much more often than by chance outputs and targets agree.",
        Field("weighting", default: Weighting.none, "How bad it is to take one class for another."),
        Field("threshold", default: 0.5, "Outputs above it say yes: 0.5 for probabilities, 0 for logits."),
        Field("ignoredClass", default: -100, "Rows of this class do not count.")
    ) { weighting, threshold, ignoredClass in
        CohenKappa(weighting: weighting, threshold: threshold, ignoredClass: ignoredClass)
    }
}

extension CohenKappa.Weighting: FieldChoice {}
