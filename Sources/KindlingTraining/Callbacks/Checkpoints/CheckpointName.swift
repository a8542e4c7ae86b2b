// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// A file name with places for figures: `epoch-{epoch}-{val_loss:3}`.
///
/// `{epoch}` is the number of finished epochs, `{step}` that of steps, any other name a figure that was logged, with as
/// many digits behind the point as the number after the colon says, 4 without one.
struct CheckpointName {
    private enum Part {
        case text(String)
        case figure(name: String, digits: Int)
    }

    let pattern: String
    private let parts: [Part]

    /// Reads a pattern.
    /// - Throws: when a brace is not closed, or a number of digits is none.
    init(_ pattern: String) throws {
        self.pattern = pattern
        var parts: [Part] = []
        var rest = pattern[...]
        while let open = rest.firstIndex(of: "{") {
            parts.append(.text(String(rest[..<open])))
            guard let close = rest[open...].firstIndex(of: "}") else {
                throw CheckpointName.error(pattern, "the '{' is never closed")
            }
            let inside = rest[rest.index(after: open)..<close].split(
                separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let digits = inside.count == 2 ? Int(inside[1]) : 4
            guard let name = inside.first, !name.isEmpty, let digits, (0...15).contains(digits) else {
                throw CheckpointName.error(pattern, "a place is written {name} or {name:digits}, digits 0 to 15")
            }
            parts.append(.figure(name: String(name), digits: digits))
            rest = rest[rest.index(after: close)...]
        }
        parts.append(.text(String(rest)))
        self.parts = parts
    }

    /// The name without its ending, for one moment of a run.
    /// - Throws: when a figure is named that nobody logged, with the names that were.
    func text(epoch: Int, step: Int, metrics: MetricValues) throws -> String {
        let name = try parts.map { part in
            switch part {
            case .text(let text): return text
            case .figure("epoch", _): return "\(epoch)"
            case .figure("step", _): return "\(step)"
            case .figure(let name, let digits): return fixed(try metrics.figure(name), digits: digits)
            }
        }
        .joined()
        return RunDirectory.folderName(for: name)
    }

    private static func error(_ pattern: String, _ what: String) -> TrainingError {
        TrainingError(
            .badOption, "the file name '\(pattern)' cannot be read: \(what)",
            remedy: "write it like epoch-{epoch}-{val_loss:3}")
    }
}

/// A number with so many digits behind the point.
func fixed(_ value: Double, digits: Int) -> String {
    guard value.isFinite else { return readable(value) }
    guard abs(value) < 1e15 else { return "\(value)" }
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = (abs(value) * scale).rounded()
    // Beyond this, doubles have no digits behind the point to show.
    guard scaled < 9e15 else { return "\(value)" }
    var text = "\(Int(scaled))"
    while text.count <= digits { text = "0" + text }
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard digits > 0 else { return sign + text }
    return "\(sign)\(text.dropLast(digits)).\(text.suffix(digits))"
}
