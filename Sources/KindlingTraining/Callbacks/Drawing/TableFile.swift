// SPDX-License-Identifier: Apache-2.0
internal import KindlingIO

/// A file of rows of comma-separated values (RFC 4180).
struct TableFile {
    private(set) var text: String

    init(_ header: [String]) { text = TableFile.line(header) }

    mutating func add(_ row: [String]) { text += TableFile.line(row) }

    func write(to path: String) throws { try AtomicFile.write(Array(text.utf8), to: path) }

    static func line(_ cells: [String]) -> String { cells.map(quoted).joined(separator: ",") + "\n" }

    /// In quotes where a cell has what divides cells.
    private static func quoted(_ cell: String) -> String {
        guard cell.utf8.contains(where: { [0x2C, 0x22, 0x0A, 0x0D].contains($0) }) else { return cell }
        return "\"" + cell.reduce(into: "") { $0 += $1 == "\"" ? "\"\"" : String($1) } + "\""
    }
}
