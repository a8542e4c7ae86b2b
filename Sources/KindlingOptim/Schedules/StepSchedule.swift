// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import KindlingDeclarations

/// The learning rate times `factor` after every so many epochs.
public struct StepSchedule: LearningRateSchedule {
    private let epochs: Int
    private let factor: Double

    /// A schedule.
    public init(epochs: Int, factor: Double = 0.1) {
        self.epochs = max(1, epochs)
        self.factor = factor
    }

    /// factor^⌊epoch / epochs⌋.
    public func factor(step: Int, epoch: Int, totalSteps: Int) -> Double { pow(factor, Double(epoch / epochs)) }

    static let component = Component<any LearningRateSchedule>(
        "Step", "Lowers the learning rate after every so many epochs.",
        Field<Int>(required: "epochs", in: .atLeast(1), unit: "epochs", "From one change to the next."),
        Field("factor", default: 0.1, in: .nonNegative, "What it is multiplied with.")
    ) { epochs, factor in StepSchedule(epochs: epochs, factor: factor) }
}
