// SPDX-License-Identifier: Apache-2.0

/// Rows of comma-separated values (RFC 4180): a cell with a comma or a quote in it stands in quotes.
enum CSVText {
    /// A row as one line; ends of lines inside a cell become spaces.
    static func row(_ cells: [String]) -> String {
        cells.map { cell in
            let flat = String(cell.map { $0.isNewline ? " " : $0 })
            guard flat.contains(where: { $0 == "," || $0 == "\"" }) else { return flat }
            return "\"" + flat.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
        }.joined(separator: ",")
    }

    /// The cells of a line.
    static func cells(_ line: String) -> [String] {
        var cells = [""]
        var quoted = false
        var rest = line[...]
        while let character = rest.popFirst() {
            switch character {
            case "\"" where quoted && rest.first == "\"":
                rest.removeFirst()
                cells[cells.count - 1].append("\"")
            case "\"": quoted.toggle()
            case "," where !quoted: cells.append("")
            default: cells[cells.count - 1].append(character)
            }
        }
        return cells
    }
}
