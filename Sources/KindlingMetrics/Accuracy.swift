// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// The share of rows whose largest output is at the target's class.
public struct Accuracy: Metric {
    /// The metric; it has no arguments.
    public init() {}

    /// `accuracy`.
    public var name: String { "accuracy" }
    /// More is better.
    public var higherIsBetter: Bool { true }
    /// The share in a batch.
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor { accuracy(outputs, targets) }

    static let component = Component<any Metric>("Accuracy", "Share of rows classified rightly.") { Accuracy() }
}

/// The share of rows `[N, C]` whose largest element is at the class number `[N]`; shape [], in 0 ...
///
/// 1.
///
/// No gradient flows.
public func accuracy(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
    noGrad {
        let predicted = outputs.argmax(over: -1)
        return predicted.requiring(shapeOf: targets, "accuracy") {
            (predicted .== targets).converted(to: .float32).mean()
        }
    }
}
