// SPDX-License-Identifier: Apache-2.0

/// How the learning rate changes while training: a factor for every step.
///
/// It has no state, so a resumed run needs nothing but its counters.
public protocol LearningRateSchedule: Sendable {
    /// What the optimizer's learning rate is multiplied with.
    /// - Parameters:
    ///   - step: Steps taken so far, from 0.
    ///   - epoch: Epochs finished so far, from 0.
    ///   - totalSteps: The steps of the whole run, as far as its limit tells.
    func factor(step: Int, epoch: Int, totalSteps: Int) -> Double
}
