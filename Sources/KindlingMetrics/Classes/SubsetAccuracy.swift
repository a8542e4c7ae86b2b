// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// The share of samples all of whose labels are right.
///
/// Outputs `[N, L…]`, targets of 0 and 1 of the same shape; scikit-learn's accuracy of multi-label data.
///
///     try SubsetAccuracy().figure(probabilities, targets)
public struct SubsetAccuracy: Metric {
    /// Outputs above it say yes: 0.5 for probabilities, 0 for logits.
    public let threshold: Double

    /// The share of samples without a mistake.
    public init(threshold: Double = 0.5) { self.threshold = threshold }

    /// `subset_accuracy`.
    public var name: String { "subset_accuracy" }
    /// More is better.
    public var higherIsBetter: Bool { true }

    /// How many samples of the batch are right.
    public func figures(_ outputs: Tensor, _ targets: Tensor) throws(TensorError) -> BatchFigures {
        guard outputs.rank > 0 else {
            throw TensorError(.shapeMismatch, operation: name, "a scalar is no batch", remedy: "give [N, L]")
        }
        let samples = outputs.shape[0]
        let labels = samples == 0 ? 0 : outputs.elementCount / samples
        let right = outputs.requiring(shapeOf: targets, name) {
            let same = (outputs .> threshold) .== targets.converted(to: .bool)
            return same.reshaped(to: [samples, labels]).all(over: 1).countNonZero()
        }
        return BatchFigures(samples: samples, right)
    }

    /// The share of right samples.
    public func value(of sums: [Double], samples: Double) throws(TensorError) -> Double {
        guard sums.count == 1 else { throw foreign(sums) }
        return sums[0] / samples
    }

    static let component = Component<any Metric>(
        "SubsetAccuracy", "Share of samples all of whose labels are right.",
        Field("threshold", default: 0.5, "Outputs above it say yes: 0.5 for probabilities, 0 for logits.")
    ) { threshold in SubsetAccuracy(threshold: threshold) }
}
