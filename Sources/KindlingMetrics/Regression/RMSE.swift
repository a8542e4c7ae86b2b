// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// The root of the mean of (output − target)² over all elements, in the targets' unit.
///
/// Outputs and targets of one shape; the root is taken of all elements' mean, not of batches'.
///
///     try RMSE().figure(outputs, targets)
public struct RMSE: Metric {
    /// The metric; it has no arguments.
    public init() {}

    /// `rmse`.
    public var name: String { "rmse" }
    /// Less is better.
    public var higherIsBetter: Bool { false }

    /// The batch's sum.
    public func figures(_ outputs: Tensor, _ targets: Tensor) throws(TensorError) -> BatchFigures {
        let sum = outputs.requiring(shapeOf: targets, name) {
            let (x, y) = (outputs.forSums, targets.forSums)
            return (x - y).squared().sum()
        }
        return BatchFigures(samples: targets.elementCount, sum)
    }

    /// The root of the mean.
    public func value(of sums: [Double], samples: Double) throws(TensorError) -> Double {
        guard sums.count == 1 else { throw foreign(sums) }
        return (sums[0] / samples).squareRoot()
    }

    static let component = Component<any Metric>("RMSE", "Root of the mean of the squared differences.") { RMSE() }
}
