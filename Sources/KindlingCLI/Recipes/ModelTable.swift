// SPDX-License-Identifier: Apache-2.0
internal import Kindling

/// What a model consists of and costs for a sample of an experiment's data.
struct ModelTable {
    private let summary: ModuleSummary

    /// Shows what was found on shapes alone.
    init(_ summary: ModuleSummary) { self.summary = summary }

    /// A row for each layer.
    var table: String {
        var table = Table(["Layer", "Type", "Output", "Parameters", "Operations"], right: [3, 4])
        for row in summary.rows {
            table.add(
                row.path, row.type, row.outputShape.map(ModelTable.text) ?? "",
                row.parameters == 0 ? "" : grouped(row.parameters), row.operations == 0 ? "" : grouped(row.operations))
        }
        return table.text
    }

    /// The sums in words.
    var sums: String {
        let count = summary.trainableParameters + summary.frozenParameters
        let frozen = summary.frozenParameters == 0 ? "" : ", \(grouped(summary.trainableParameters)) of them learned"
        return "\(grouped(count)) parameters\(frozen), \(byteText(summary.stateBytes)); "
            + "\(grouped(summary.operations)) operations and \(byteText(summary.activationBytes)) of results a sample"
    }

    var json: JSON {
        let rows = summary.rows.map { row in
            JSON.object([
                ("layer", .text(row.path)), ("type", .text(row.type)),
                ("output", row.outputShape.map { .list($0.dimensions.map { .integer($0) }) } ?? .null),
                ("parameters", .integer(row.parameters)), ("operations", .integer(row.operations)),
                ("activation_bytes", .integer(row.activationBytes)),
            ])
        }
        return .object([
            ("layers", .list(rows)), ("trainable_parameters", .integer(summary.trainableParameters)),
            ("frozen_parameters", .integer(summary.frozenParameters)), ("state_bytes", .integer(summary.stateBytes)),
            ("operations", .integer(summary.operations)), ("activation_bytes", .integer(summary.activationBytes)),
        ])
    }

    private static func text(_ shape: Shape) -> String {
        "[\((["N"] + shape.dimensions.dropFirst().map(String.init)).joined(separator: ", "))]"
    }
}

/// A number of bytes for people: `1.612 kB`.
func byteText(_ bytes: Int) -> String {
    for (unit, size) in [("GB", 1e9), ("MB", 1e6), ("kB", 1e3)] where Double(bytes) >= size {
        return "\(readable(Double(bytes) / size)) \(unit)"
    }
    return "\(bytes) bytes"
}
