// SPDX-License-Identifier: Apache-2.0
internal import KindlingEngine
internal import KindlingOptim

/// An optimizer with the schedule of its learning rate.
final class ScheduledOptimizer {
    /// Its place among others of a checkpoint: empty for a run's only one.
    let name: String
    let optimizer: Optimizer
    private let plan: OptimizerPlan
    /// The plan's schedule, with what it has seen when it follows a metric.
    private var schedule: any LearningRateSchedule
    private let parameters: [(name: String, parameter: Parameter)]

    init(_ plan: OptimizerPlan, named name: String = "", parameters: [(name: String, parameter: Parameter)]) throws {
        self.name = name
        self.plan = plan
        self.parameters = parameters
        schedule = plan.schedule
        optimizer = try Optimizer(plan, parameters: parameters)
    }

    /// The parameters with a gradient.
    var ready: [(name: String, parameter: Parameter)] {
        parameters.filter { !$0.parameter.isFrozen && $0.parameter.gradient != nil }
    }

    /// The rate that the schedule gives a step.
    func learningRate(at progress: Progress, totalSteps: Int) -> Double {
        plan.rule.learningRate
            * schedule.factor(step: progress.step, epoch: progress.epoch, totalSteps: totalSteps)
    }

    /// The figure that the schedule follows.
    var monitoredName: String? { (schedule as? any MetricDrivenSchedule)?.monitor }

    /// Hands a schedule that follows a metric its value of an epoch.
    /// - Throws: `TrainingError` when nobody logged it.
    func followMetrics(of epoch: EpochResult) throws {
        // Most schedules follow none.
        guard var driven = schedule as? any MetricDrivenSchedule, let name = driven.monitor else { return }
        driven.observe(try Monitor(name, .min).value(in: epoch))
        schedule = driven
    }

    /// What the schedule has seen, when it follows a metric.
    var scheduleState: [String: Double]? {
        get { (schedule as? any MetricDrivenSchedule)?.state }
        set {
            guard var driven = schedule as? any MetricDrivenSchedule else { return }  // It has no state.
            driven.restore(newValue ?? [:])
            schedule = driven
        }
    }
}
