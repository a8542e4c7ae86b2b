// SPDX-License-Identifier: Apache-2.0
internal import Glibc
public import KindlingBackend
public import KindlingDeclarations

/// Up from a small learning rate to the optimizer's, then down to almost nothing, once in a run (Smith and Topin 2017).
///
/// From 1 / startDivisor to 1 over the first `warmupShare` of the run, then to 1 / (startDivisor · endDivisor); with
/// `threePhase` first back to 1 / startDivisor over as many steps as the rise took.
///
///     OptimizerPlan.sgd(learningRate: 0.5, momentum: 0.9).scheduled(OneCycleSchedule())
public struct OneCycleSchedule: LearningRateSchedule {
    /// The shape of rise and fall.
    public enum Anneal: String, FieldChoice, Sendable {
        /// Half a cosine.
        case cosine
        /// A line.
        case linear
    }

    private let warmupShare: Double
    private let anneal: Anneal
    private let startDivisor: Double
    private let endDivisor: Double
    private let threePhase: Bool
    private let length: Int?

    /// A schedule.
    /// - Parameters:
    ///   - warmupShare: The share of the run in which the learning rate rises.
    ///   - anneal: The shape of rise and fall.
    ///   - startDivisor: How much smaller than the optimizer's the first learning rate is.
    ///   - endDivisor: How much smaller than the first the last one is.
    ///   - threePhase: Whether it falls to the first before it falls to the last.
    ///   - length: Steps of the cycle; when nil, all of the run.
    public init(
        warmupShare: Double = 0.3, anneal: Anneal = .cosine, startDivisor: Double = 25, endDivisor: Double = 1e4,
        threePhase: Bool = false, length: Int? = nil
    ) {
        self.warmupShare = warmupShare
        self.anneal = anneal
        self.startDivisor = startDivisor
        self.endDivisor = endDivisor
        self.threePhase = threePhase
        self.length = length
    }

    /// Rises, then falls, and stays.
    public func factor(step: Int, epoch: Int, totalSteps: Int) -> Double {
        let total = Double(max(1, length ?? totalSteps)), first = 1 / startDivisor, last = first / endDivisor
        let rise = warmupShare * total - 1
        let position = Double(max(0, step))
        if position <= rise { return between(first, 1, progress(position, of: rise)) }
        guard threePhase else { return between(1, last, progress(position - rise, of: total - 1 - rise)) }
        let back = 2 * warmupShare * total - 2
        if position <= back { return between(1, first, progress(position - rise, of: back - rise)) }
        return between(first, last, progress(position - back, of: total - 1 - back))
    }

    private func between(_ start: Double, _ end: Double, _ progress: Double) -> Double {
        switch anneal {
        case .cosine: end + (start - end) / 2 * (1 + cos(.pi * progress))
        case .linear: start + (end - start) * progress
        }
    }

    /// Refuses impossible numbers.
    public func validate() throws(TensorError) {
        try check(
            "OneCycle", ("warmupShare", warmupShare, .fraction), ("startDivisor", startDivisor, .positive),
            ("endDivisor", endDivisor, .positive), ("length", Double(length ?? 1), .atLeast(1)))
        guard !threePhase || warmupShare <= 0.5 else {
            throw impossible("OneCycle", "warmupShare is \(warmupShare), but with threePhase must be at most 0.5")
        }
    }

    static let component = Component<any LearningRateSchedule>(
        "OneCycle", "Up to the learning rate, then down to almost nothing (Smith and Topin 2017).",
        Field("warmupShare", default: 0.3, in: .fraction, "Share of the run in which the learning rate rises."),
        Field("anneal", default: Anneal.cosine, "The shape of rise and fall."),
        Field("startDivisor", default: 25.0, in: .positive, "How much smaller the first learning rate is."),
        Field("endDivisor", default: 1e4, in: .positive, "How much smaller than the first the last one is."),
        Field("threePhase", default: false, "Whether it falls to the first before it falls to the last."),
        Field<Int?>("length", default: nil, in: .atLeast(1), unit: "steps", "Steps of the cycle; the run's when null.")
    ) { warmupShare, anneal, startDivisor, endDivisor, threePhase, length in
        try OneCycleSchedule(
            warmupShare: warmupShare, anneal: anneal, startDivisor: startDivisor, endDivisor: endDivisor,
            threePhase: threePhase, length: length
        ).validated()
    }
}
