// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// Changes how many batches make a step as epochs go by: small steps first, large ones for the fine work.
///
///     GradientAccumulationScheduler([0: 1, 4: 8])     // 8 batches a step from the fifth epoch on
///
/// In a recipe, `epochs: [0, 4]` and `batches: [1, 8]`.
public final class GradientAccumulationScheduler: Callback {
    private let batches: [Int: Int]

    /// A plan.
    /// - Parameter batches: From which epoch on, from 0, how many batches make a step.
    public init(_ batches: [Int: Int]) { self.batches = batches.mapValues { max(1, $0) } }

    /// Among those who decide.
    public var band: CallbackBand { .deciding }

    /// Sets the number of the epoch that is begun or gone on with.
    public func fitStarted(_ run: any RunControl) async throws { set(run) }

    /// Sets the number of the epoch.
    public func epochStarted(_ run: any RunControl) async throws { set(run) }

    private func set(_ run: any RunControl) {
        let epoch = batches.keys.filter { $0 <= run.progress.epoch }.max()
        // Before the first epoch of the plan the trainer's own number holds.
        if let epoch, let count = batches[epoch] { run.accumulate(count) }
    }

    static let component = Component<any Callback>(
        "GradientAccumulationScheduler", "Changes how many batches make a step as epochs go by.",
        Field<[Int]>(required: "epochs", in: .nonNegative, "From which epochs on, from 0."),
        Field<[Int]>(required: "batches", in: .atLeast(1), "How many batches make a step from each on.")
    ) { epochs, batches in
        guard epochs.count == batches.count, Set(epochs).count == epochs.count else {
            throw TrainingError(
                .badOption, "\(epochs.count) epochs and \(batches.count) numbers of batches do not pair up",
                remedy: "give one number of batches for each epoch, and each epoch once")
        }
        return GradientAccumulationScheduler(Dictionary(uniqueKeysWithValues: zip(epochs, batches)))
    }
}
