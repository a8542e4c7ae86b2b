// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// Ends the run at the first loss that is infinite or not a number, before it can harm the weights.
///
/// The step of such a loss changes nothing: its gradients are taken away. The run then ends in order, with its last
/// good weights, or by an error. The loss of every batch is read, which waits for the device.
///
///     TerminateOnNaN()
public final class TerminateOnNaN: Callback {
    private let raisesError: Bool
    private var isLost = false

    /// A watch over the loss.
    /// - Parameter raisesError: Whether the run fails by an error instead of ending in order.
    public init(raisesError: Bool = false) { self.raisesError = raisesError }

    /// Before all others.
    public var band: CallbackBand { .guarding }

    /// Nothing is lost yet.
    public func fitStarted(_ run: any RunControl) async throws { isLost = false }

    /// Looks.
    public func backwardStarted(_ loss: Tensor, _ run: any RunControl) async throws {
        let value = try loss.item()
        guard !value.isFinite else { return }  // All is well.
        let what =
            "the loss is \(readable(value)) in epoch \(run.progress.epoch + 1), batch \(run.progress.batch + 1)"
        if raisesError {
            throw TrainingError(
                .badLoss, what, remedy: "lower the learning rate, clip gradients, or look at the batch's samples")
        }
        isLost = true
        run.stop(because: what)
    }

    /// Takes the gradients of such a loss away.
    public func gradientsReady(_ step: PendingStep, _ run: any RunControl) async throws {
        guard isLost else { return }  // They are as they should be.
        for (_, parameter) in step.parameters { parameter.gradient = nil }
    }

    static let component = Component<any Callback>(
        "TerminateOnNaN", "Ends the run at the first loss that is infinite or not a number.",
        Field("raisesError", default: false, "Whether the run fails by an error instead of ending in order.")
    ) { raisesError in TerminateOnNaN(raisesError: raisesError) }
}
