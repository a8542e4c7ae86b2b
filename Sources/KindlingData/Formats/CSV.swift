// SPDX-License-Identifier: Apache-2.0

/// A table in comma-separated text: every row with equally many fields.
///
/// Empty lines at the end, line ends of either kind and a byte-order mark are tolerated, nothing else is.
struct CSV {
    /// A row and where it stands.
    struct Row: Equatable {
        let line: Int
        let fields: [String]
    }

    /// Where the text was read.
    let path: String
    /// The rows that are not empty.
    let rows: [Row]

    /// Takes text apart.
    /// - Throws: `DataError` with the line of what is not a row of `columns` fields.
    init(_ contents: FileContents, columns: Int) throws(DataError) {
        path = contents.path
        var bytes = contents.bytes[...]
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        while let last = bytes.last, last == 0x0A || last == 0x0D { bytes = bytes.dropLast() }
        var rows: [Row] = []
        guard !bytes.isEmpty else {
            self.rows = rows
            return
        }
        for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let text = line.last == 0x0D ? line.dropLast() : line
            let fields = try CSV.fields(text, path: path, line: index + 1)
            guard fields.count == columns else {
                throw DataError(
                    .malformed, path: path, line: index + 1,
                    text.isEmpty
                        ? "this line is empty, and rows follow it"
                        : "expected \(columns) columns, found \(fields.count)")
            }
            rows.append(Row(line: index + 1, fields: fields))
        }
        self.rows = rows
    }

    private static func fields(_ line: ArraySlice<UInt8>, path: String, line number: Int) throws(DataError) -> [String]
    {
        var fields: [String] = []
        for field in line.split(separator: 0x2C, omittingEmptySubsequences: false) {
            guard !field.contains(0x22) else {
                throw DataError(.malformed, path: path, line: number, "quoted fields are not supported")
            }
            guard let text = String(validating: field, as: UTF8.self) else {
                throw DataError(.malformed, path: path, line: number, "this is not UTF-8 text")
            }
            fields.append(String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()))
        }
        return fields
    }

    /// The number in a field.
    /// - Throws: `DataError` with the line when there is none, or it is not finite.
    func number(_ row: Row, _ column: Int) throws(DataError) -> Double {
        guard let number = Double(row.fields[column]), number.isFinite else {
            throw DataError(
                .malformed, path: path, line: row.line,
                "expected a number in column \(column + 1), found '\(row.fields[column].prefix(40))'")
        }
        return number
    }
}
