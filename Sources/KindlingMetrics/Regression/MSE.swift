// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// The mean of (output − target)² over all elements.
///
/// Outputs and targets of one shape. As a loss it is `MeanSquaredError`.
///
///     try MSE().figure(outputs, targets)
public struct MSE: Metric {
    /// The metric; it has no arguments.
    public init() {}

    /// `mse`.
    public var name: String { "mse" }
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

    /// The mean.
    public func value(of sums: [Double], samples: Double) throws(TensorError) -> Double {
        guard sums.count == 1 else { throw foreign(sums) }
        return sums[0] / samples
    }

    static let component = Component<any Metric>("MSE", "Mean of the squared differences.") { MSE() }
}
