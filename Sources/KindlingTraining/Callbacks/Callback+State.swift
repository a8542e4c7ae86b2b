// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials

/// A callback's state as the text that checkpoints keep.
extension Callback {
    /// The text of a state: JSON with sorted keys, so that equal states are equal texts.
    func text(of state: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return String(decoding: try encoder.encode(state), as: UTF8.self)
    }

    /// The state that a text stands for.
    /// - Throws: when it is none of this callback's.
    func state<State: Decodable>(_ type: State.Type, from text: String) throws -> State {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        do { return try decoder.decode(State.self, from: Data(text.utf8)) } catch {
            throw TrainingError(
                .badCheckpoint, "the state '\(text.prefix(200))' is none of \(stateKey)'s",
                remedy: "resume with the callbacks that the checkpoint was written with, or begin anew from its weights"
            )
        }
    }
}
