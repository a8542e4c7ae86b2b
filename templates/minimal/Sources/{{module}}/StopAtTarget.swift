import Kindling

/// Ends a run when a figure is as large as was asked for.
final class StopAtTarget: Callback {
    private let metric: String
    private let target: Double

    init(metric: String = "val_accuracy", target: Double = 0.99) {
        self.metric = metric
        self.target = target
    }

    func epochEnded(_ epoch: EpochResult, _ run: any RunControl) async throws {
        guard let value = epoch.metrics[metric], value >= target else { return }
        run.stop(because: "\(metric) reached \(target)")
    }

    static let component = Component<any Callback>(
        "StopAtTarget", "Ends a run when a figure is as large as was asked for.",
        Field("metric", default: "val_accuracy", "The figure's name."),
        Field("target", default: 0.99, "What it has to reach.")
    ) { metric, target in StopAtTarget(metric: metric, target: target) }
}
