// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials
internal import Kindling

/// What others reached: JSON lines of the peers' scripts, or of an earlier run of this program.
struct PeerFigures {
    /// One figure of one peer, in milliseconds a step or microseconds a call.
    struct Figure {
        let peer: String
        let value: Double
    }

    private var steps: [String: [Figure]] = [:]
    private var calls: [String: [Figure]] = [:]

    /// Reads a file; lines that are no JSON objects are passed over, because scripts print warnings too.
    /// - Throws: `BenchError` when the file cannot be read or holds no figure.
    init(path: String) throws {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw BenchError(what: "'\(path)' cannot be read; give a file of JSON lines, one a workload")
        }
        for line in text.split(separator: "\n") {
            // A line that does not decode is a warning among the results.
            guard let fields = try? JSONDecoder().decode([String: Value].self, from: Data(line.utf8)) else { continue }
            add(fields)
        }
        guard !steps.isEmpty || !calls.isEmpty else {
            throw BenchError(
                what: "'\(path)' holds no figures; each line should be a JSON object with a workload or an op")
        }
    }

    /// The fastest of those that did the same in the same number format.
    func best(_ name: String, precision: String) -> Figure? {
        (steps["\(name) \(precision)"] ?? calls["\(name) \(precision)"])?.min { $0.value < $1.value }
    }

    private mutating func add(_ fields: [String: Value]) {
        let peer = [fields["peer"]?.text, fields["mode"]?.text].compactMap { $0 }.joined(separator: " ")
        let precision = fields["precision"]?.text ?? "f32"
        if let workload = fields["workload"]?.text, let time = fields["ms_per_step"]?.number {
            steps["\(workload) \(precision)", default: []].append(Figure(peer: peer, value: time))
        } else if let name = fields["op"]?.text, let time = fields["us"]?.number {
            calls["\(name) \(precision)", default: []].append(Figure(peer: peer, value: time))
        } else if fields["workload"]?.text == "ops" {
            for operation in SingleOperation.allCases {
                // No peer has every operation.
                guard let figure = fields[operation.peerKey]?.number else { continue }
                let time = operation.peerWork.map { $0 / figure / 1e3 } ?? figure
                calls["\(operation.rawValue) f32", default: []].append(Figure(peer: peer, value: time))
            }
        }
    }

    /// A text or a number; anything else is not of use here.
    private enum Value: Decodable {
        case text(String)
        case number(Double)
        case other

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else if let text = try? container.decode(String.self) {
                self = .text(text)
            } else {
                self = .other
            }
        }

        var text: String? { if case .text(let text) = self { text } else { nil } }
        var number: Double? { if case .number(let number) = self { number } else { nil } }
    }
}

/// Why nothing could be measured.
struct BenchError: Error, CustomStringConvertible {
    let what: String
    var description: String { what }
}
