// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

/// What `configureOptimizers` answers: a rule, how its learning rate changes, and which parameters learn otherwise.
///
///     func configureOptimizers() -> OptimizerPlan { .adam(learningRate: 1e-2) }
public struct OptimizerPlan: Sendable {
    /// The rule.
    public var rule: any OptimizerRule
    /// How its learning rate changes.
    public var schedule: any LearningRateSchedule
    /// Parameters with their own learning rate or weight decay; the first that takes a parameter has it.
    public var groups: [ParameterGroup]

    /// A rule with a schedule; constant unless one is given, and the same for all parameters without groups.
    public init(
        _ rule: any OptimizerRule, schedule: any LearningRateSchedule = ConstantSchedule(),
        groups: [ParameterGroup] = []
    ) {
        self.rule = rule
        self.schedule = schedule
        self.groups = groups
    }

    /// The field of a recipe that lists groups.
    public static let groupsField = Field(
        list: "groups", of: ParameterGroup.component, "Parameters that learn otherwise; the first match counts.")

    /// Stochastic gradient descent.
    public static func sgd(learningRate: Double, momentum: Double = 0, weightDecay: Double = 0) -> OptimizerPlan {
        OptimizerPlan(SGD(learningRate: learningRate, momentum: momentum, weightDecay: weightDecay))
    }

    /// Adam.
    public static func adam(learningRate: Double = 1e-3, weightDecay: Double = 0) -> OptimizerPlan {
        OptimizerPlan(Adam(learningRate: learningRate, weightDecay: weightDecay))
    }

    /// Adam with decoupled weight decay.
    public static func adamW(learningRate: Double = 1e-3, weightDecay: Double = 1e-2) -> OptimizerPlan {
        OptimizerPlan(AdamW(learningRate: learningRate, weightDecay: weightDecay))
    }

    /// The same rule with a schedule.
    public func scheduled(_ schedule: any LearningRateSchedule) -> OptimizerPlan {
        OptimizerPlan(rule, schedule: schedule, groups: groups)
    }

    /// The same rule with more groups of parameters.
    public func grouped(_ more: ParameterGroup...) -> OptimizerPlan {
        OptimizerPlan(rule, schedule: schedule, groups: groups + more)
    }
}
