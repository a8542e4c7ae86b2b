// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension OpCase {
    private enum Network: String, CaseIterable {
        case recurrent
        case recurrentReLU = "recurrent relu"
        case lstm, gru
    }

    private struct Settings: Sendable {
        var biases = true
        var lengths: [Int]?
        var reversed = false
        var batchFirst = false
    }

    static let sequences: [OpCase] = Network.allCases.flatMap { network in
        let sequences: [(String, Settings)] = [
            ("", Settings()),
            (" without biases", Settings(biases: false)),
            (" of one number", Settings()),
            (" from a state", Settings()),
            (" batch first", Settings(batchFirst: true)),
            (" reversed", Settings(reversed: true)),
            (" of lengths", Settings(lengths: [2, 4, 0])),
            (" of lengths reversed", Settings(lengths: [1, 3], reversed: true, batchFirst: true)),
            (" of no sequences", Settings()),
            (" of no steps", Settings()),
        ]
        return sequences.map { name, settings in
            OpCase(network.rawValue + name) { run(network, settings, $0) }
        }
    }

    /// The outputs, then the last states, one after another, from the input, the weights and the initial states.
    private static func run(_ network: Network, _ settings: Settings, _ inputs: [Tensor]) -> Tensor {
        let weights = RecurrentWeights(
            input: inputs[1], hidden: inputs[2], inputBias: settings.biases ? inputs[3] : nil,
            hiddenBias: settings.biases ? inputs[4] : nil)
        let initial = Array(inputs.dropFirst(settings.biases ? 5 : 3))
        let parts: [Tensor]
        switch network {
        case .recurrent, .recurrentReLU:
            let result = inputs[0].recurrent(
                weights, initial: initial.first, activation: network == .recurrent ? .tanh : .relu,
                lengths: settings.lengths, reversed: settings.reversed, batchFirst: settings.batchFirst)
            parts = [result.output, result.state]
        case .lstm:
            let result = inputs[0].lstm(
                weights, initial: initial.isEmpty ? nil : (initial[0], initial[1]), lengths: settings.lengths,
                reversed: settings.reversed, batchFirst: settings.batchFirst)
            parts = [result.output, result.hidden, result.cell]
        case .gru:
            let result = inputs[0].gru(
                weights, initial: initial.first, lengths: settings.lengths, reversed: settings.reversed,
                batchFirst: settings.batchFirst)
            parts = [result.output, result.state]
        }
        return .concatenated(parts.map { $0.flattened() })
    }
}
