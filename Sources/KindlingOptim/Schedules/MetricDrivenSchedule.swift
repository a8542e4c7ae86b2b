// SPDX-License-Identifier: Apache-2.0
/// A schedule that follows a metric: whoever trains hands it the metric's value after every epoch.
///
/// It is a value with state. Keep it in a variable, and its state in checkpoints:
///
///     if var driven = schedule as? any MetricDrivenSchedule, let name = driven.monitor {
///         driven.observe(epochValues[name])
///         schedule = driven
///     }
public protocol MetricDrivenSchedule: LearningRateSchedule {
    /// The metric's name, or nil when there is none to follow.
    var monitor: String? { get }
    /// Takes note of the metric's value after an epoch.
    mutating func observe(_ value: Double)
    /// What has to be kept to go on later.
    var state: [String: Double] { get }
    /// Takes up where another schedule stopped; what is missing begins anew.
    mutating func restore(_ state: [String: Double])
}
