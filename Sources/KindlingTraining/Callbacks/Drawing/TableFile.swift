// SPDX-License-Identifier: Apache-2.0
internal import KindlingIO

/// A file of rows of comma-separated values (RFC 4180).
struct TableFile {
    private(set) var text: String

    init(_ header: [String]) { text = TableFile.line(header) }

    mutating func add(_ row: [String]) { text += TableFile.line(row) }

    func write(to path: String) throws { try AtomicFile.write(Array(text.utf8), to: path) }

    static func line(_ cells: [String]) -> String { cells.map(CSVText.quoted).joined(separator: ",") + "\n" }
}
