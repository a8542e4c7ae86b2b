// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// The share of rows whose largest output is at the target's class.
///
/// Outputs `[…, C]`, or `[N, C, …]` where only that fits, and class numbers `[…]`. A NaN counts as the largest output.
///
///     try Accuracy().figure(logits, classes)
public struct Accuracy: Metric {
    /// The metric; it has no arguments.
    public init() {}

    /// `accuracy`.
    public var name: String { "accuracy" }
    /// More is better.
    public var higherIsBetter: Bool { true }
    /// The share in a batch, as a tensor.
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor { accuracy(outputs, targets) }

    /// How many rows of the batch are right.
    public func figures(_ outputs: Tensor, _ targets: Tensor) throws(TensorError) -> BatchFigures {
        let predicted = predictedClasses(outputs, targets)
        let right = predicted.requiring(shapeOf: targets, name) { (predicted .== targets).countNonZero() }
        return BatchFigures(samples: targets.elementCount, right)
    }

    /// The share of right rows.
    public func value(of sums: [Double], samples: Double) throws(TensorError) -> Double {
        guard sums.count == 1 else { throw foreign(sums) }
        return sums[0] / samples
    }

    static let component = Component<any Metric>("Accuracy", "Share of rows classified rightly.") { Accuracy() }
}

/// The share of rows `[N, C]` whose largest element is at the class number `[N]`; a scalar from 0 to 1.
///
/// Also of `[…, C]` or `[N, C, …]`, as for ``Accuracy``.
/// No gradient flows.
public func accuracy(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
    noGrad {
        let predicted = predictedClasses(outputs, targets)
        return predicted.requiring(shapeOf: targets, "accuracy") {
            (predicted .== targets).converted(to: .float32).mean()
        }
    }
}

/// Where the largest outputs are: along the last axis, or along axis 1 where only that fits.
private func predictedClasses(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
    let rank = outputs.rank
    let images =
        rank > 2 && outputs.shape.removing(axis: rank - 1) != targets.shape
        && outputs.shape.removing(axis: 1) == targets.shape
    return outputs.argmax(over: images ? 1 : -1)
}
