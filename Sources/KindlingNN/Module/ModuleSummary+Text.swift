// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension ModuleSummary: CustomStringConvertible {
    /// A table with a line for each module and the sums below; frozen parameters are marked with `*`.
    public var description: String {
        let header = ["Layer", "Type", "Output", "Parameters", "FLOPs", "Activations"]
        let cells = rows.map { row in
            [
                row.path.isEmpty ? "·" : row.path, row.type, row.outputShape.map(\.description) ?? "",
                row.parameters == 0 ? "" : grouped(row.parameters) + (row.frozenParameters > 0 ? "*" : ""),
                row.operations == 0 ? "" : grouped(row.operations),
                row.activationBytes == 0 ? "" : size(row.activationBytes),
            ]
        }
        let widths = header.indices.map { column in ([header] + cells).map { $0[column].count }.max() ?? 0 }
        func line(_ cells: [String]) -> String {
            let padded = widths.indices.map { column in
                let space = String(repeating: " ", count: widths[column] - cells[column].count)
                return column < 3 ? cells[column] + space : space + cells[column]
            }
            var text = padded.joined(separator: "  ")
            while text.hasSuffix(" ") { text.removeLast() }
            return text
        }
        let rule = String(repeating: "─", count: widths.reduce(0, +) + 2 * (widths.count - 1))
        let total = trainableParameters + frozenParameters
        let frozen = frozenParameters == 0 ? "" : ", \(grouped(frozenParameters)) of them frozen (*)"
        let sums = [
            "\(grouped(total)) parameters\(frozen), \(size(stateBytes)) with buffers",
            "\(grouped(operations)) floating-point operations and \(size(activationBytes)) of activations a pass",
        ]
        return ([line(header), rule] + cells.map(line) + [rule] + sums).joined(separator: "\n")
    }
}

/// `235,146`.
private func grouped(_ number: Int) -> String {
    var digits = String(number)
    var groups: [Substring] = []
    while digits.count > 3 {
        groups.insert(digits.suffix(3), at: 0)
        digits.removeLast(3)
    }
    return ([Substring(digits)] + groups).joined(separator: ",")
}

/// `940.6 kB`: powers of ten, one digit behind the point.
private func size(_ bytes: Int) -> String {
    guard bytes >= 1000 else { return "\(bytes) B" }
    var (number, unit) = (Double(bytes) / 1000, 0)
    let units = ["kB", "MB", "GB", "TB", "PB", "EB"]
    while number >= 999.95, unit < units.count - 1 { (number, unit) = (number / 1000, unit + 1) }
    return "\((number * 10).rounded() / 10) \(units[unit])"
}
