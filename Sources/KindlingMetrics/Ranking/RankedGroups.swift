// SPDX-License-Identifier: Apache-2.0

/// Samples of one label by falling score: for each score how many are true and how many are not.
///
/// Samples of equal scores are one group, so that no figure depends on their order.
struct RankedGroups {
    struct Group {
        var score: Double
        var positives: Double
        var negatives: Double
    }

    private(set) var groups: [Group] = []
    private(set) var positives = 0.0
    private(set) var negatives = 0.0

    /// From scores and whether each is of the label.
    init(_ samples: [(score: Double, positive: Bool)]) {
        for sample in samples.sorted(by: { $0.score > $1.score }) {
            if groups.last?.score != sample.score {
                groups.append(Group(score: sample.score, positives: 0, negatives: 0))
            }
            if sample.positive {
                groups[groups.count - 1].positives += 1
                positives += 1
            } else {
                groups[groups.count - 1].negatives += 1
                negatives += 1
            }
        }
    }

    /// From counts that are in groups already, by rising score.
    init(positives: ArraySlice<Double>, negatives: ArraySlice<Double>) {
        let count = positives.count
        for (place, (yes, no)) in zip(positives, negatives).enumerated().reversed() where yes + no > 0 {
            groups.append(Group(score: Double(place) / Double(count), positives: yes, negatives: no))
            self.positives += yes
            self.negatives += no
        }
    }

    /// The probability that a true sample's score is above another's, half for equal ones; NaN without one of the two.
    var areaUnderROC: Double {
        guard positives > 0, negatives > 0 else { return .nan }
        var (area, above) = (0.0, 0.0)
        for group in groups {
            area += group.negatives * (above + 0.5 * group.positives)
            above += group.positives
        }
        return area / positives / negatives
    }

    /// Σ (recall − recall before) · precision over the groups; NaN without a true sample.
    var averagePrecision: Double {
        guard positives > 0 else { return .nan }
        var (sum, hits, said) = (0.0, 0.0, 0.0)
        for group in groups {
            hits += group.positives
            said += group.positives + group.negatives
            sum += group.positives * hits / said
        }
        return sum / positives
    }

    /// From nothing said to everything said.
    var rocCurve: ROCCurve {
        var curve = ROCCurve(falsePositiveRates: [0], truePositiveRates: [0], thresholds: [.infinity])
        var (hits, alarms) = (0.0, 0.0)
        for group in groups {
            hits += group.positives
            alarms += group.negatives
            curve.truePositiveRates.append(positives > 0 ? hits / positives : .nan)
            curve.falsePositiveRates.append(negatives > 0 ? alarms / negatives : .nan)
            curve.thresholds.append(group.score)
        }
        return curve
    }

    /// From everything said to nothing said.
    var precisionRecallCurve: PrecisionRecallCurve {
        var curve = PrecisionRecallCurve(precisions: [1], recalls: [0], thresholds: [])
        var (hits, said) = (0.0, 0.0)
        for group in groups {
            hits += group.positives
            said += group.positives + group.negatives
            curve.precisions.append(hits / said)
            curve.recalls.append(positives > 0 ? hits / positives : .nan)
            curve.thresholds.append(group.score)
        }
        curve.precisions.reverse()
        curve.recalls.reverse()
        curve.thresholds.reverse()
        return curve
    }
}

/// Hits against false alarms over all thresholds, the highest first.
public struct ROCCurve: Sendable, Equatable {
    /// The share of what is not true that is said, for each threshold.
    public internal(set) var falsePositiveRates: [Double]
    /// The share of what is true that is said, for each threshold.
    public internal(set) var truePositiveRates: [Double]
    /// Scores from here on say yes; the first is infinite, so that nothing is said.
    public internal(set) var thresholds: [Double]
}

/// Precision against recall over all thresholds, the lowest first; the last point, 1 and 0, has no threshold.
public struct PrecisionRecallCurve: Sendable, Equatable {
    /// The share of what is said that is true.
    public internal(set) var precisions: [Double]
    /// The share of what is true that is said.
    public internal(set) var recalls: [Double]
    /// Scores from here on say yes.
    public internal(set) var thresholds: [Double]
}
