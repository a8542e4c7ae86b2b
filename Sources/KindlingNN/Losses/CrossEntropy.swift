// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// The cross-entropy between logits and class numbers, softmax included.
///
/// Shapes: logits `[N, C]`, classes `[N]` of any integer type; result []: the mean over the rows that count.
public struct CrossEntropy: Loss {
    /// The share of each target that is spread over all classes, in 0 ...
    ///
    /// 1.
    public let smoothing: Double
    /// Rows of this class do not count.
    public let ignoredClass: Int

    /// A cross-entropy.
    public init(smoothing: Double = 0, ignoredClass: Int = -100) {
        self.smoothing = smoothing
        self.ignoredClass = ignoredClass
    }

    /// The mean loss.
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
        crossEntropy(outputs, targets, smoothing: smoothing, ignoring: ignoredClass)
    }

    static let component = Component<any Loss>(
        "CrossEntropy", "Cross-entropy between logits and class numbers.",
        Field("smoothing", default: 0.0, in: .fraction, "Share of each target that is spread over all classes."),
        Field("ignoredClass", default: -100, "Rows of this class do not count.")
    ) { smoothing, ignoredClass in CrossEntropy(smoothing: smoothing, ignoredClass: ignoredClass) }
}

/// The mean cross-entropy between logits `[N, C]` and class numbers `[N]`; shape [].
///
///     let loss = crossEntropy(net(batch.inputs), batch.targets)
/// - Parameters:
///   - logits: Not normalised; softmax is part of the loss.
///   - targets: Class numbers, any integer type.
///   - smoothing: The share of each target that is spread over all classes (Szegedy and others 2016).
///   - ignoring: Rows of this class do not count, neither above nor below the line.
public func crossEntropy(
    _ logits: Tensor, _ targets: Tensor, smoothing: Double = 0, ignoring ignored: Int = -100
) -> Tensor {
    let rows = logits.crossEntropyRows(targets, smoothing: smoothing, ignoring: ignored)
    // No class number is negative, so with a negative one ignored by default all rows count, and a mean will do.
    if ignored < 0, ignored == -100 { return rows.mean() }
    let counted = (targets .!= Tensor(Double(ignored), dtype: targets.dtype, on: targets.device))
    return rows.sum() / counted.converted(to: rows.dtype).sum()
}
