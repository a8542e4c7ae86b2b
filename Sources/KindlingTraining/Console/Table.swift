// SPDX-License-Identifier: Apache-2.0

/// Rows of text in aligned columns, numbers to the right.
public struct Table {
    private let header: [String]
    private var rows: [[String]] = []
    private let right: Set<Int>

    /// A table.
    /// - Parameters:
    ///   - header: The columns' titles.
    ///   - right: The columns that are aligned to the right.
    public init(_ header: [String], right: Set<Int> = []) {
        self.header = header
        self.right = right
    }

    /// Adds a row.
    public mutating func add(_ row: String...) { rows.append(row) }
    /// Adds a row.
    public mutating func add(_ row: [String]) { rows.append(row) }

    /// The table as lines.
    public var text: String {
        let widths = header.indices.map { column in
            ([header] + rows).map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
        }
        func line(_ cells: [String]) -> String {
            let padded = widths.indices.map { column in
                let cell = cells.indices.contains(column) ? cells[column] : ""
                let space = String(repeating: " ", count: max(0, widths[column] - cell.count))
                return right.contains(column) ? space + cell : cell + space
            }
            var text = padded.joined(separator: "  ")
            while text.hasSuffix(" ") { text.removeLast() }
            return text
        }
        let rule = String(repeating: "─", count: widths.reduce(0, +) + 2 * max(0, widths.count - 1))
        return ([line(header), rule] + rows.map(line)).joined(separator: "\n")
    }
}

/// A number for people: four digits that count, grouped thousands for whole numbers.
public func readable(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value > 0 ? "inf" : "-inf" }
    if value == 0 { return "0" }
    let size = abs(value)
    if size < 1e-4 || size >= 1e7 { return "\(Float(value))" }
    let digits = size >= 1000 ? 1 : size >= 100 ? 2 : size >= 10 ? 3 : 4
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let rounded = (value * scale).rounded() / scale
    var text = "\(rounded)"
    let fraction = text.split(separator: ".").dropFirst().first?.count ?? 0
    if fraction < digits { text += String(repeating: "0", count: digits - fraction) }
    return text
}

/// 235146 → `235,146`.
public func grouped(_ count: Int) -> String {
    var result = ""
    for (place, digit) in String(abs(count)).reversed().enumerated() {
        if place > 0, place % 3 == 0 { result.append(",") }
        result.append(digit)
    }
    return (count < 0 ? "-" : "") + String(result.reversed())
}
