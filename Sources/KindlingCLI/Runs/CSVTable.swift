// SPDX-License-Identifier: Apache-2.0
internal import Kindling

/// Numbers in columns, as loggers write them.
struct CSVTable {
    struct Column {
        let name: String
        /// A value for each row; nil where there is none, or no number.
        var values: [Double?]
    }

    /// In the file's order; a name that comes twice counts once.
    let columns: [Column]

    /// Reads a text; a last line that was not finished has no values where it lacks them.
    init(_ text: String) {
        let lines = text.split(whereSeparator: \.isNewline).map(CSVText.cells)
        guard let header = lines.first else {
            columns = []
            return
        }
        var seen: Set<String> = []
        columns = header.enumerated().compactMap { place, name in
            guard seen.insert(name).inserted else { return nil }
            return Column(
                name: name, values: lines.dropFirst().map { place < $0.count ? Double($0[place]) : nil })
        }
    }
}
