// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend

/// How an optimizer changes a parameter: hyper-parameters and nothing that changes while training.
public protocol OptimizerRule: Sendable {
    /// The name in checkpoints and messages.
    var name: String { get }
    /// How far each step goes, before a schedule.
    var learningRate: Double { get }
    /// The names of the state tensors that each parameter has: `momentum`, `velocity`.
    var slotNames: [String] { get }
    /// What the backend is asked to do.
    /// - Parameters:
    ///   - step: The number of this step, from 1.
    ///   - learningRate: The learning rate of this step.
    func request(step: Int, learningRate: Double) -> OptimizerStep.Rule
}
