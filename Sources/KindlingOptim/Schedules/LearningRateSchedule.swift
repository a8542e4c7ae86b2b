// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
public import KindlingDeclarations

/// How the learning rate changes while training: a factor for every step.
///
/// It has no state, so a resumed run needs nothing but its counters; what follows a metric is a
/// ``MetricDrivenSchedule``.
public protocol LearningRateSchedule: Sendable {
    /// What the optimizer's learning rate is multiplied with.
    ///
    /// Finite for all numbers: for runs of no steps and of one, and for steps beyond the planned end.
    /// - Parameters:
    ///   - step: Steps taken so far, from 0.
    ///   - epoch: Epochs finished so far, from 0.
    ///   - totalSteps: The steps of the whole run, as far as its limit tells.
    func factor(step: Int, epoch: Int, totalSteps: Int) -> Double

    /// Refuses numbers that no schedule can be made of; accepts all, unless a schedule says otherwise.
    /// - Throws: `TensorError` with the number's name, its value and what it may be.
    func validate() throws(TensorError)
}

extension LearningRateSchedule {
    /// Accepts.
    public func validate() throws(TensorError) {}
}

/// What a schedule counts.
public enum ScheduleInterval: String, FieldChoice, Sendable {
    /// Epochs that are finished.
    case epoch
    /// Steps that are taken.
    case step

    /// How far a run is.
    func position(step: Int, epoch: Int) -> Double { Double(max(0, self == .epoch ? epoch : step)) }

    /// A recipe's field.
    static func field(default value: ScheduleInterval) -> Field<ScheduleInterval> {
        Field("interval", default: value, "What is counted.")
    }
}

/// The share of a length that is done, from 0 to 1; of no length, all.
func progress(_ position: Double, of length: Double) -> Double {
    length > 0 ? min(1, max(0, position / length)) : 1
}

/// The share of a length that is done, from 0 to 1; of the run's steps when there is no length.
func shareDone(
    _ length: Int?, _ interval: ScheduleInterval, step: Int, epoch: Int, totalSteps: Int
) -> Double {
    guard let length else { return progress(Double(step), of: Double(totalSteps)) }
    return progress(interval.position(step: step, epoch: epoch), of: Double(length))
}
