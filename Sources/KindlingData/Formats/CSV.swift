// SPDX-License-Identifier: Apache-2.0

/// A table in text with separators: every row with equally many fields.
///
/// Fields may stand in double quotes, with two for one inside (RFC 4180), but may not hold a line's end. Empty lines at
/// the end, line ends of either kind and a byte-order mark are tolerated, nothing else is.
struct CSV {
    /// A row and where it stands.
    struct Row: Equatable {
        /// From 1.
        let line: Int
        let fields: [String]
        /// The column of text, from 1, at which each field begins.
        let columns: [Int]
    }

    /// Where the text was read.
    let path: String
    /// The rows that are not empty.
    let rows: [Row]

    /// Takes text apart.
    /// - Parameters:
    ///   - columns: How many fields a row has; as many as the first one when nil.
    ///   - separator: What stands between fields.
    ///   - limit: After how many rows to stop; all when nil.
    /// - Throws: `DataError` with the place of what is not a row of so many fields.
    init(
        _ contents: FileContents, columns: Int? = nil, separator: UInt8 = 0x2C, limit: Int? = nil
    ) throws(DataError) {
        path = contents.path
        var bytes = contents.bytes[...]
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        while let last = bytes.last, last == 0x0A || last == 0x0D { bytes = bytes.dropLast() }
        var rows: [Row] = []
        guard !bytes.isEmpty else {
            self.rows = rows
            return
        }
        var wanted = columns
        for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            if rows.count == limit { break }
            let text = line.last == 0x0D ? line.dropLast() : line
            var reading = FieldReading(text, separator: separator, path: path, line: index + 1)
            try reading.run()
            guard reading.fields.count == wanted ?? reading.fields.count, columns != nil || !text.isEmpty else {
                throw DataError(
                    .malformed, path: path, line: index + 1,
                    text.isEmpty
                        ? "this line is empty, and rows follow it"
                        : "expected \(wanted ?? 0) columns, found \(reading.fields.count)")
            }
            wanted = reading.fields.count
            rows.append(Row(line: index + 1, fields: reading.fields, columns: reading.columns))
        }
        self.rows = rows
    }

    /// The number in a field.
    /// - Throws: `DataError` with the place when there is none, or it is not finite.
    func number(_ row: Row, _ column: Int) throws(DataError) -> Double {
        guard let number = Double(row.fields[column]), number.isFinite else {
            throw DataError(
                .malformed, path: path, line: row.line, column: row.columns[column],
                "expected a number in column \(column + 1), found '\(row.fields[column].prefix(40))'")
        }
        return number
    }
}

/// Takes one line apart.
private struct FieldReading {
    private let line: ArraySlice<UInt8>
    private let separator: UInt8
    private let path: String
    private let number: Int
    private var place: Int
    var fields: [String] = []
    var columns: [Int] = []

    init(_ line: ArraySlice<UInt8>, separator: UInt8, path: String, line number: Int) {
        self.line = line
        self.separator = separator
        self.path = path
        self.number = number
        place = line.startIndex
    }

    mutating func run() throws(DataError) {
        repeat {
            skipSpaces()
            columns.append(column(place))
            let bytes = place < line.endIndex && line[place] == 0x22 ? try quoted() : try plain()
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw failure(at: place, "this is not UTF-8 text")
            }
            fields.append(text)
            place += 1
        } while place <= line.endIndex
    }

    private mutating func plain() throws(DataError) -> [UInt8] {
        let end = line[place...].firstIndex(of: separator) ?? line.endIndex
        defer { place = end }
        var field = line[place..<end]
        if let quote = field.firstIndex(of: 0x22) {
            throw failure(at: quote, "a quote within a field that does not begin with one")
        }
        while field.last == 0x20 { field = field.dropLast() }
        return Array(field)
    }

    private mutating func quoted() throws(DataError) -> [UInt8] {
        let begin = place
        var field: [UInt8] = []
        place += 1
        while true {
            guard let quote = line[place...].firstIndex(of: 0x22) else {
                throw failure(at: begin, "a quoted field does not end on its line")
            }
            field += line[place..<quote]
            place = quote + 1
            guard place < line.endIndex, line[place] == 0x22 else { break }
            field.append(0x22)
            place += 1
        }
        skipSpaces()
        guard place == line.endIndex || line[place] == separator else {
            throw failure(at: place, "text follows a quoted field")
        }
        return field
    }

    private mutating func skipSpaces() {
        while place < line.endIndex, line[place] == 0x20, separator != 0x20 { place += 1 }
    }

    private func column(_ place: Int) -> Int {
        // Bytes that go on with a character are not counted.
        line[..<place].count { $0 & 0xC0 != 0x80 } + 1
    }

    private func failure(at place: Int, _ what: String) -> DataError {
        DataError(.malformed, path: path, line: number, column: column(min(place, line.endIndex)), what)
    }
}
