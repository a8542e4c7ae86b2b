// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// The share of outputs that lie on the target's side of a threshold, each element for itself.
///
/// Outputs of any shape, targets of 0 and 1 of the same shape: `[N]` for one question, `[N, L]` for L labels. A NaN lies
/// below every threshold.
///
///     try BinaryAccuracy(threshold: 0).figure(logits, targets)
public struct BinaryAccuracy: Metric {
    /// Outputs above it say yes: 0.5 for probabilities, 0 for logits.
    public let threshold: Double

    /// The share of elements on the right side.
    public init(threshold: Double = 0.5) { self.threshold = threshold }

    /// `binary_accuracy`.
    public var name: String { "binary_accuracy" }
    /// More is better.
    public var higherIsBetter: Bool { true }

    /// How many elements of the batch are right.
    public func figures(_ outputs: Tensor, _ targets: Tensor) throws(TensorError) -> BatchFigures {
        let right = outputs.requiring(shapeOf: targets, name) {
            ((outputs .> threshold) .== targets.converted(to: .bool)).countNonZero()
        }
        return BatchFigures(samples: targets.elementCount, right)
    }

    /// The share of right elements.
    public func value(of sums: [Double], samples: Double) throws(TensorError) -> Double {
        guard sums.count == 1 else { throw foreign(sums) }
        return sums[0] / samples
    }

    static let component = Component<any Metric>(
        "BinaryAccuracy", "Share of outputs on the target's side of a threshold.",
        Field("threshold", default: 0.5, "Outputs above it say yes: 0.5 for probabilities, 0 for logits.")
    ) { threshold in BinaryAccuracy(threshold: threshold) }
}
