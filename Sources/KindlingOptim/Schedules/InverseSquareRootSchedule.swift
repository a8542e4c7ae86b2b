// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations

/// Raises the learning rate along a line, then lowers it as 1 / √t (Vaswani and others 2017).
///
/// min(t / warmup, √(warmup / t)), t from 1: 1 after `warmup`.
///
///     OptimizerPlan.adam().scheduled(InverseSquareRootSchedule(warmup: 4000))
public struct InverseSquareRootSchedule: LearningRateSchedule {
    private let warmup: Int
    private let interval: ScheduleInterval

    /// A schedule.
    /// - Parameters:
    ///   - warmup: When it is highest.
    ///   - interval: What is counted.
    public init(warmup: Int, interval: ScheduleInterval = .step) {
        self.warmup = warmup
        self.interval = interval
    }

    /// Rises, then falls.
    public func factor(step: Int, epoch: Int, totalSteps: Int) -> Double {
        let t = interval.position(step: step, epoch: epoch) + 1, peak = Double(max(1, warmup))
        return min(t / peak, (peak / t).squareRoot())
    }

    /// Refuses impossible numbers.
    public func validate() throws(TensorError) {
        try check("InverseSquareRoot", ("warmup", Double(warmup), .atLeast(1)))
    }

    static let component = Component<any LearningRateSchedule>(
        "InverseSquareRoot",
        "Raises the learning rate along a line, then lowers it as 1 / √t (Vaswani and others 2017).",
        Field<Int>(required: "warmup", in: .atLeast(1), "When it is highest."),
        ScheduleInterval.field(default: .step)
    ) { warmup, interval in
        try InverseSquareRootSchedule(warmup: warmup, interval: interval).validated()
    }
}
