// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// The mean of |output − target| / |target| over all elements, as a share and not in percent, as scikit-learn has it.
///
/// Outputs and targets of one shape; targets nearer to 0 than 2⁻⁵² count as that.
///
///     try MAPE().figure(outputs, targets)
public struct MAPE: Metric {
    /// The metric; it has no arguments.
    public init() {}

    /// `mape`.
    public var name: String { "mape" }
    /// Less is better.
    public var higherIsBetter: Bool { false }

    /// The batch's sum.
    public func figures(_ outputs: Tensor, _ targets: Tensor) throws(TensorError) -> BatchFigures {
        let sum = outputs.requiring(shapeOf: targets, name) {
            let (x, y) = (outputs.forSums, targets.forSums)
            return ((x - y).abs() / y.abs().maximum(2.220446049250313e-16)).sum()
        }
        return BatchFigures(samples: targets.elementCount, sum)
    }

    /// The mean.
    public func value(of sums: [Double], samples: Double) throws(TensorError) -> Double {
        guard sums.count == 1 else { throw foreign(sums) }
        return sums[0] / samples
    }

    static let component = Component<any Metric>("MAPE", "Mean of the distances as a share of the target.") { MAPE() }
}
