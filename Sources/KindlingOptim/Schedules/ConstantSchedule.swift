// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// The learning rate as it is.
///
///     OptimizerPlan.adam().scheduled(ConstantSchedule())
public struct ConstantSchedule: LearningRateSchedule {
    /// The schedule; it has no arguments.
    public init() {}

    /// 1.
    public func factor(step: Int, epoch: Int, totalSteps: Int) -> Double { 1 }

    static let component = Component<any LearningRateSchedule>("Constant", "The learning rate as it is.") {
        ConstantSchedule()
    }
}
