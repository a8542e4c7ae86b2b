// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import KindlingDeclarations

/// Half a cosine from the learning rate down to a share of it over the run (Loshchilov and Hutter 2016), after a linear
/// rise over some steps.
public struct CosineSchedule: LearningRateSchedule {
    private let warmupSteps: Int
    private let minimum: Double

    /// A schedule.
    /// - Parameters:
    ///   - warmupSteps: Steps of linear rise before.
    ///   - minimum: The share that is left at the end, 0 ... 1.
    public init(warmupSteps: Int = 0, minimum: Double = 0) {
        self.warmupSteps = warmupSteps
        self.minimum = minimum
    }

    /// Rises, then falls.
    public func factor(step: Int, epoch: Int, totalSteps: Int) -> Double {
        if step < warmupSteps { return Double(step + 1) / Double(warmupSteps + 1) }
        let length = max(1, totalSteps - warmupSteps)
        let progress = min(1, Double(step - warmupSteps) / Double(length))
        return minimum + (1 - minimum) * 0.5 * (1 + cos(.pi * progress))
    }

    static let component = Component<any LearningRateSchedule>(
        "Cosine", "Half a cosine down over the run, after a linear rise.",
        Field("warmupSteps", default: 0, in: .nonNegative, unit: "steps", "Steps of linear rise before."),
        Field("minimum", default: 0.0, in: .fraction, "Share of the learning rate that is left at the end.")
    ) { warmupSteps, minimum in CosineSchedule(warmupSteps: warmupSteps, minimum: minimum) }
}
