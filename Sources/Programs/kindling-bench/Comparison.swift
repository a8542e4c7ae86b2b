// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials
internal import Kindling

/// One measured row.
struct Figure {
    let name: String
    /// Milliseconds a step or microseconds a call.
    let value: Double
    let unit: String
    /// The line for files.
    let json: String

    init(name: String, value: Double, unit: String, json: String) {
        self.name = name
        self.value = value
        self.unit = unit
        self.json = json
    }

    /// A row that another process measured and printed.
    init(name: String, line: String) throws {
        struct Line: Decodable {
            let ms_per_step: Double?
            let us: Double?
        }
        let read = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
        guard let value = read.ms_per_step ?? read.us else { throw BenchError(what: "'\(line)' holds no time") }
        self.init(name: name, value: value, unit: read.us == nil ? "ms" : "µs", json: line)
    }
}

/// Our rows beside the best peer's.
struct Comparison {
    private let peers: PeerFigures?
    private let precision: String
    private var table = Table(["Row", "Ours", "Best peer", "Peer", "Ratio"], right: [1, 2, 4])

    init(peers: PeerFigures?, precision: String) {
        self.peers = peers
        self.precision = precision
    }

    mutating func add(_ figure: Figure) {
        let ours = "\(readable(figure.value)) \(figure.unit)"
        guard let best = peers?.best(figure.name, precision: precision) else {
            table.add(figure.name, ours, "–", "", "–")
            return
        }
        table.add(
            figure.name, ours, "\(readable(best.value)) \(figure.unit)", best.peer, readable(figure.value / best.value))
    }

    /// A ratio below 1 means that ours takes less time.
    var text: String { table.text }

}
