// SPDX-License-Identifier: Apache-2.0

/// A file of comma-separated values under one header, which gets a column when a name comes for the first time.
struct GrowingTable {
    private let firstColumns: [String]
    private var columns: [String]

    /// A table that has some columns from the beginning.
    init(_ columns: [String]) {
        firstColumns = columns
        self.columns = []
    }

    /// Takes up a file that may be there, and keeps the rows that are chosen by their cells.
    mutating func open(_ file: LineFile, keeping isKept: ([String]) -> Bool) throws {
        columns = []
        guard let header = try file.lines().first else { return }  // Nothing was written yet.
        columns = CSVText.cells(header)
        try file.keep { $0 == header || isKept(CSVText.cells($0)) }
    }

    /// Adds a row.
    mutating func add(_ row: [(name: String, value: String)], to file: LineFile) throws {
        let cells = Dictionary(row.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        var all = columns.isEmpty ? firstColumns : columns
        for (name, _) in row where !all.contains(name) { all.append(name) }
        let line = CSVText.row(all.map { cells[$0] ?? "" })
        if all == columns {
            try file.append([line])
        } else {
            let filling = String(repeating: ",", count: all.count - columns.count)
            try file.replace(with: [CSVText.row(all)] + file.lines().dropFirst().map { $0 + filling } + [line])
        }
        columns = all
    }
}
