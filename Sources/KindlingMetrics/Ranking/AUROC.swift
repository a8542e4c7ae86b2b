// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations

/// The area under the curve of hits over false alarms: how surely a true sample is scored above another (Fawcett 2006).
///
/// Exact by ranks, equal scores counting half. Inputs as for every ``RankingMetric``.
///
///     try AUROC(fromLogits: true).figure(logits, classes)
public struct AUROC: RankingMetric {
    /// How the figures of several classes become one.
    public let average: RankingAverage
    /// Whether outputs are logits, of which softmax or, label by label, sigmoid is taken.
    public let fromLogits: Bool
    /// How many bins of equal width from 0 to 1 scores are put into; nil keeps them as they are.
    public let bins: Int?

    /// A metric with these settings.
    public init(average: RankingAverage = .macro, fromLogits: Bool = false, bins: Int? = nil) {
        self.average = average
        self.fromLogits = fromLogits
        self.bins = bins
    }

    /// The name in logs.
    public var name: String { average == .macro ? "auroc" : "auroc_weighted" }

    /// The average over the classes.
    public func value(of sums: [Double], samples: Double) throws(TensorError) -> Double {
        guard let groups = try ranked(sums) else { return .nan }
        return averaged(groups.map(\.areaUnderROC), groups)
    }

    /// The figure of each class, in order; NaN where it is not defined.
    public func figures(of state: MetricState) throws -> [Double] { try groups(of: state).map(\.areaUnderROC) }

    /// Hits against false alarms over all thresholds, for one class or label.
    public func curve(of state: MetricState, class place: Int = 0) throws -> ROCCurve {
        try group(place, of: state).rocCurve
    }

    static let component = Component<any Metric>(
        "AUROC", "Area under the curve of hits over false alarms.",
        Field("average", default: RankingAverage.macro, "How the figures of several classes become one."),
        Field("fromLogits", default: false, "Whether outputs are logits."),
        Field("bins", default: nil as Int?, in: .atLeast(1), "Bins that scores are put into; null keeps them exact.")
    ) { average, fromLogits, bins in AUROC(average: average, fromLogits: fromLogits, bins: bins) }
}
