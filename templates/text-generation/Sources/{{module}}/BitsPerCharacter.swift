import Kindling

/// Logs how many bits a character of the watched text costs: the loss in bits, log₂ e times `val_loss`.
final class BitsPerCharacter: Callback {
    init() {}

    func evaluationEnded(_ result: EvaluationResult, _ run: any RunControl) async throws {
        guard result.stage == .validation, let loss = result.metrics["val_loss"] else { return }
        run.log("val_bits_per_character", loss / 0.693_147_180_559_945_3)
    }

    static let component = Component<any Callback>(
        "BitsPerCharacter", "Logs how many bits a character of the watched text costs."
    ) { BitsPerCharacter() }
}
