// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations

/// The mean precision over the recalls that rising false alarms buy: the area under their curve, by steps.
///
/// Σ (recall − recall before) · precision over falling thresholds, without interpolation, as scikit-learn's. Inputs as for
/// every ``RankingMetric``.
///
///     try AveragePrecision(fromLogits: true).figure(logits, classes)
public struct AveragePrecision: RankingMetric {
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
    public var name: String { average == .macro ? "average_precision" : "average_precision_weighted" }

    /// The average over the classes.
    public func value(of sums: [Double], samples: Double) throws(TensorError) -> Double {
        guard let groups = try ranked(sums) else { return .nan }
        return averaged(groups.map(\.averagePrecision), groups)
    }

    /// The figure of each class, in order; NaN where it is not defined.
    public func figures(of state: MetricState) throws -> [Double] { try groups(of: state).map(\.averagePrecision) }

    /// Precision against recall over all thresholds, for one class or label.
    public func curve(of state: MetricState, class place: Int = 0) throws -> PrecisionRecallCurve {
        try group(place, of: state).precisionRecallCurve
    }

    static let component = Component<any Metric>(
        "AveragePrecision", "Area under the curve of precision over recall, by steps.",
        Field("average", default: RankingAverage.macro, "How the figures of several classes become one."),
        Field("fromLogits", default: false, "Whether outputs are logits."),
        Field("bins", default: nil as Int?, in: .atLeast(1), "Bins that scores are put into; null keeps them exact.")
    ) { average, fromLogits, bins in AveragePrecision(average: average, fromLogits: fromLogits, bins: bins) }
}
