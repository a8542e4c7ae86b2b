import Kindling

/// Logs how much smaller the loss became since the epoch before, as `loss_ratio`.
public final class LossRatio: Callback {
    private var before: Double?

    /// A callback.
    public init() {}

    /// Compares the epoch's loss with the last one's.
    public func epochEnded(_ epoch: EpochResult, _ run: any RunControl) async throws {
        let loss = epoch.metrics["loss"]
        if let loss, let before, before > 0 { run.log("loss_ratio", loss / before) }
        before = loss
    }

    /// The last loss, so that a resumed run goes on where it stopped.
    public func saveState() throws -> String? { before.map { "\($0)" } }

    /// Takes the last loss.
    public func restoreState(_ state: String) throws { before = Double(state) }

    /// `LossRatio` in recipes.
    public static let component = Component<any Callback>(
        "LossRatio", "Logs how much smaller the loss became since the epoch before."
    ) { LossRatio() }
}
