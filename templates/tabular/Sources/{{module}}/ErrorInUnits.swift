import Kindling

/// Logs the error of the watched rows in the target's own unit: the root of the mean square, `val_loss`.
final class ErrorInUnits: Callback {
    private let unit: String

    init(unit: String = "") { self.unit = unit }

    func evaluationEnded(_ result: EvaluationResult, _ run: any RunControl) async throws {
        guard result.stage == .validation, let loss = result.metrics["val_loss"], loss >= 0 else { return }
        run.log(unit.isEmpty ? "val_error" : "val_error_\(unit)", loss.squareRoot())
    }

    static let component = Component<any Callback>(
        "ErrorInUnits", "Logs the error of the watched rows in the target's own unit.",
        Field("unit", default: "", "What the figure's name ends with: thousands, metres.")
    ) { unit in ErrorInUnits(unit: unit) }
}
