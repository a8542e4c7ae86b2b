// SPDX-License-Identifier: Apache-2.0
internal import Glibc
public import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// Among how many equally likely classes a model chooses: exp of the mean cross-entropy of its logits.
///
/// Logits `[N, C]`, `[N, C, T]` or `[N, T, C]` with class numbers `[N]` or `[N, T]`; the exponential is taken of the mean
/// over all that counts, not of batches. Where both axes are of one size, classes are along axis 1, where losses have
/// them, unless `classAxis` says -1.
///
///     try Perplexity(ignoredClass: 0).figure(logits, tokens)
///     try Perplexity(classAxis: -1).figure(logits, tokens)      // [N, T, C], whatever the sizes
public struct Perplexity: Metric {
    /// Elements of this class do not count.
    public let ignoredClass: Int
    /// The axis of logits that classes are along, -1 for the last; nil for the one that fits, axis 1 first.
    public let classAxis: Int?

    /// A metric that leaves out a class, such as padding.
    public init(ignoredClass: Int = -100, classAxis: Int? = nil) {
        self.ignoredClass = ignoredClass
        self.classAxis = classAxis
    }

    /// `perplexity`.
    public var name: String { "perplexity" }
    /// Less is better.
    public var higherIsBetter: Bool { false }

    /// The batch's cross-entropy, and how many elements counted.
    public func figures(_ outputs: Tensor, _ targets: Tensor) throws(TensorError) -> BatchFigures {
        let (rows, classes) = try ClassReading.rows(outputs, targets, name, classAxis: classAxis)
        let losses = rows.forSums.crossEntropyRows(classes, ignoring: ignoredClass)
        return BatchFigures(
            samples: targets.elementCount,
            .stacked([losses.sum(), (classes .!= ignoredClass).converted(to: losses.dtype).sum()]))
    }

    /// exp of the mean; NaN when no element counted.
    public func value(of sums: [Double], samples: Double) throws(TensorError) -> Double {
        guard sums.count == 2 else { throw foreign(sums) }
        return exp(sums[0] / sums[1])
    }

    static let component = Component<any Metric>(
        "Perplexity", "Among how many equally likely classes a model chooses.",
        Field("ignoredClass", default: -100, "Elements of this class do not count."),
        Field<Int?>("classAxis", default: nil, "The axis that classes are along, -1 for the last; what fits when null.")
    ) { ignoredClass, classAxis in Perplexity(ignoredClass: ignoredClass, classAxis: classAxis) }
}
