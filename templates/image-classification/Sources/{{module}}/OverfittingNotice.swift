import Kindling

/// Logs how far the validation loss lies above the training loss, and ends a run in which it grows too large.
final class OverfittingNotice: Callback {
    private let largest: Double

    init(largest: Double = 2) { self.largest = largest }

    func epochEnded(_ epoch: EpochResult, _ run: any RunControl) async throws {
        guard let training = epoch.metrics["loss"], let validation = epoch.metrics["val_loss"] else { return }
        let gap = validation - training
        if gap > largest { run.stop(because: "the validation loss lies \(gap) above the training loss") }
    }

    static let component = Component<any Callback>(
        "OverfittingNotice", "Ends a run whose validation loss lies far above the training loss.",
        Field("largest", default: 2.0, in: .nonNegative, "How far it may lie above.")
    ) { largest in OverfittingNotice(largest: largest) }
}
