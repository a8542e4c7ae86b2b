// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// The mean of |output − target| over all elements, in the targets' unit.
///
/// Outputs and targets of one shape. As a loss it is `MeanAbsoluteError`.
///
///     try MAE().figure(outputs, targets)
public struct MAE: Metric {
    /// The metric; it has no arguments.
    public init() {}

    /// `mae`.
    public var name: String { "mae" }
    /// Less is better.
    public var higherIsBetter: Bool { false }

    /// The batch's sum.
    public func figures(_ outputs: Tensor, _ targets: Tensor) throws(TensorError) -> BatchFigures {
        let sum = outputs.requiring(shapeOf: targets, name) {
            let (x, y) = (outputs.forSums, targets.forSums)
            return (x - y).abs().sum()
        }
        return BatchFigures(samples: targets.elementCount, sum)
    }

    /// The mean.
    public func value(of sums: [Double], samples: Double) throws(TensorError) -> Double {
        guard sums.count == 1 else { throw foreign(sums) }
        return sums[0] / samples
    }

    static let component = Component<any Metric>("MAE", "Mean of the distances.") { MAE() }
}
