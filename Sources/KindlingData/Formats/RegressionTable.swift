// SPDX-License-Identifier: Apache-2.0

/// The numbers of a table: some columns as features, one as target.
struct RegressionTable {
    /// The features' columns.
    let names: [String]
    /// A row of numbers for each sample.
    let features: [[Double]]
    /// What is to be told, for each sample.
    let targets: [Double]
    /// The numbers' CRC-32, equal for all spellings of the same table.
    let checksum: UInt32

    /// A table of ten million numbers; a larger one needs a loader that does not hold it in memory.
    private static let limit = 1 << 28

    /// Reads a file.
    /// - Throws: `DataError` with line and column of what is no number, and for columns that there are not.
    init(readingFrom path: String, _ options: TableDataModule.Options) throws(DataError) {
        try self.init(try FileContents(readingFrom: path, limit: RegressionTable.limit), options)
    }

    init(_ contents: FileContents, _ options: TableDataModule.Options) throws(DataError) {
        let table = try CSV(contents, separator: RegressionTable.separator(options))
        let columns = try Columns(table, options)
        let rows = options.header ? table.rows.dropFirst() : table.rows[...]
        guard !rows.isEmpty else {
            throw DataError(.truncated, path: table.path, "there are no rows in it", remedy: "give a table with rows")
        }
        var features: [[Double]] = [], targets: [Double] = [], canonical: [UInt8] = []
        for row in rows {
            var numbers: [Double] = []
            for column in columns.features { numbers.append(try table.number(row, column, columns.all)) }
            targets.append(try table.number(row, columns.target, columns.all))
            canonical += "\(numbers) \(targets[targets.count - 1])\n".utf8
            features.append(numbers)
        }
        names = columns.features.map { columns.all[$0] }
        self.features = features
        self.targets = targets
        checksum = Gzip.checksum(canonical)
    }

    /// The features' names, from the file's first row alone.
    static func featureNames(at path: String, _ options: TableDataModule.Options) throws(DataError) -> [String] {
        let contents = try FileContents(readingFrom: path, limit: limit)
        let columns = try Columns(CSV(contents, separator: separator(options), limit: 1), options)
        return columns.features.map { columns.all[$0] }
    }

    private static func separator(_ options: TableDataModule.Options) throws(DataError) -> UInt8 {
        let bytes = Array(options.separator.utf8)
        guard bytes.count == 1, bytes[0] < 0x80, ![0x0A, 0x0D, 0x22].contains(bytes[0]) else {
            throw DataError(
                .invalidValue, "'\(options.separator)' cannot separate fields",
                remedy: "give one character: a comma, a semicolon, a tab")
        }
        return bytes[0]
    }
}

/// Which columns are what.
private struct Columns {
    let all: [String]
    let features: [Int]
    let target: Int

    init(_ table: CSV, _ options: TableDataModule.Options) throws(DataError) {
        guard let first = table.rows.first else {
            throw DataError(.truncated, path: table.path, "there are no rows in it", remedy: "give a table with rows")
        }
        let all = options.header ? first.fields : (1...first.fields.count).map(String.init)
        if let twice = all.indices.first(where: { all[..<$0].contains(all[$0]) }) {
            throw DataError(
                .malformed, path: table.path, line: first.line, column: first.columns[twice],
                "a second column has the name '\(all[twice].prefix(40))'",
                remedy: "give each column a name of its own, or write header: false if this row has numbers")
        }
        func place(_ name: String) throws(DataError) -> Int {
            if let place = all.firstIndex(of: name) { return place }
            throw DataError(
                .invalidValue, path: table.path, line: first.line, "there is no column '\(name)'",
                remedy: "name one of \(all.prefix(20).joined(separator: ", "))")
        }
        target = try place(options.target)
        var chosen: [Int] = []
        for name in options.features { chosen.append(try place(name)) }
        var unused: Set<Int> = [target]
        for name in options.ignored { unused.insert(try place(name)) }
        features = chosen.isEmpty ? all.indices.filter { !unused.contains($0) } : chosen
        guard !features.isEmpty, !features.contains(target) else {
            throw DataError(
                .invalidValue, path: table.path,
                features.isEmpty
                    ? "no column is left to tell '\(options.target)' from"
                    : "'\(options.target)' is both a feature and the target",
                remedy: "name other features")
        }
        self.all = all
    }
}

extension CSV {
    /// The number in a named column.
    fileprivate func number(_ row: Row, _ column: Int, _ names: [String]) throws(DataError) -> Double {
        if let number = Double(row.fields[column]), number.isFinite { return number }
        throw DataError(
            .malformed, path: path, line: row.line, column: row.columns[column],
            "expected a number in '\(names[column])', found '\(row.fields[column].prefix(40))'",
            remedy: row.fields[column].isEmpty
                ? "fill the gap or leave the row out" : "correct it, or name the column under ignored")
    }
}
