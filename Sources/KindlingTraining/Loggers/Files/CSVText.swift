// SPDX-License-Identifier: Apache-2.0

/// Rows of comma-separated values (RFC 4180): a cell with what divides cells or rows in it stands in quotes.
package enum CSVText {
    /// A row as one line; ends of lines inside a cell become spaces.
    static func row(_ cells: [String]) -> String {
        cells.map { cell in quoted(String(cell.map { $0.isNewline ? " " : $0 })) }.joined(separator: ",")
    }

    /// A cell, in quotes where it has a comma, a quote or a line's end in it.
    package static func quoted(_ cell: String) -> String {
        guard cell.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return cell }
        return "\"" + cell.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
    }

    /// The cells of a line.
    package static func cells(_ line: some StringProtocol) -> [String] {
        var cells = [""]
        var quoted = false
        var rest = Substring(line)
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
