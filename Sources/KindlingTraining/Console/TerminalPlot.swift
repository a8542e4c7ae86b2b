// SPDX-License-Identifier: Apache-2.0
/// A figure over the epochs.
package struct Curve: Sendable {
    package let label: String
    /// At least one, all of them numbers.
    package let points: [(epoch: Double, value: Double)]

    package init(label: String, points: [(epoch: Double, value: Double)]) {
        self.label = label
        self.points = points
    }
}

/// Curves in the dots of braille characters, two by four in each.
package struct TerminalPlot {
    private let height: Int
    private static let colors = ["36", "33", "35", "32", "31", "34"]
    private static let marks = ["●", "○", "■", "□", "▲", "△"]
    private let curves: [Curve]
    private let x: PlotScale
    private let y: PlotScale
    private let columns: Int
    private let labelWidth: Int
    private let inColor: Bool

    /// A drawing of some width in characters; `height` lines are the drawing's own, beside scale and legend.
    package init(_ curves: [Curve], isLogarithmic: Bool, width: Int, height: Int = 16, inColor: Bool) {
        self.curves = curves
        self.height = max(2, height)
        self.inColor = inColor
        x = PlotScale(curves.flatMap { $0.points.map(\.epoch) })
        y = PlotScale(curves.flatMap { $0.points.map(\.value) }, isLogarithmic: isLogarithmic)
        let scale = y
        labelWidth = (0...4).map { readable(scale.value(at: Double($0) / 4)).count }.max() ?? 0
        columns = max(10, width - labelWidth - 3)
    }

    /// Several lines: the drawing with its scales, and what each curve is.
    package var text: String {
        let cells = drawn()
        var lines: [String] = []
        for row in 0..<height {
            let isMarked = row % 4 == 0 || row == height - 1
            let place = 1 - Double(row) / Double(height - 1)
            let label = isMarked ? readable(y.value(at: place)) : ""
            let cellsOfRow = cells[row * columns..<(row + 1) * columns].map(painted).joined()
            lines.append(right(label, labelWidth) + (isMarked ? " ┤" : " │") + cellsOfRow)
        }
        let (first, last) = (scaleText(x.value(at: 0)), scaleText(x.value(at: 1)))
        let space = String(repeating: " ", count: max(1, columns - first.count - last.count))
        let indent = String(repeating: " ", count: labelWidth + 1)
        lines.append(indent + "└" + String(repeating: "─", count: columns))
        lines.append(indent + " " + first + space + last)
        for (index, curve) in curves.enumerated() {
            let mark = TerminalPlot.marks[index % TerminalPlot.marks.count]
            let end = curve.points.last.map { "  \(readable($0.value))" } ?? ""
            lines.append(indent + " " + paint(mark, index) + " " + curve.label + end)
        }
        return lines.map(TerminalPlot.withoutTrailingSpaces).joined(separator: "\n")
    }

    private static func withoutTrailingSpaces(_ line: String) -> String {
        var line = line[...]
        while line.last == " " { line = line.dropLast() }
        return String(line)
    }

    /// A character place: the dots that are set, and the curve that set the first of them.
    private struct Cell {
        var dots: UInt32 = 0
        var curve: Int?
        /// Whether a curve ends here, so that its mark is shown instead of dots.
        var isEnd = false
    }

    private func drawn() -> [Cell] {
        var cells = [Cell](repeating: Cell(), count: columns * height)
        let (dotColumns, dotRows) = (columns * 2, height * 4)
        func place(_ point: (epoch: Double, value: Double)) -> (column: Double, row: Double) {
            (x.place(point.epoch) * Double(dotColumns - 1), (1 - y.place(point.value)) * Double(dotRows - 1))
        }
        func set(_ column: Int, _ row: Int, _ curve: Int) {
            let cell = row / 4 * columns + column / 2
            cells[cell].dots |= TerminalPlot.bit(column % 2, row % 4)
            if cells[cell].curve == nil { cells[cell].curve = curve }
        }
        for (index, curve) in curves.enumerated() {
            var previous = place(curve.points[0])
            for point in curve.points {
                let next = place(point)
                let steps = max(
                    1, Int(max(abs(next.column - previous.column), abs(next.row - previous.row)).rounded(.up)))
                for step in 0...steps {
                    let share = Double(step) / Double(steps)
                    let column = previous.column + (next.column - previous.column) * share
                    let row = previous.row + (next.row - previous.row) * share
                    set(Int(column.rounded()), Int(row.rounded()), index)
                }
                previous = next
            }
            let end = Int(previous.row.rounded()) / 4 * columns + Int(previous.column.rounded()) / 2
            cells[end] = Cell(curve: index, isEnd: true)
        }
        return cells
    }

    /// The bit of a dot in a braille character (Unicode, block 2800).
    private static func bit(_ column: Int, _ row: Int) -> UInt32 {
        row == 3 ? (column == 0 ? 0x40 : 0x80) : 1 << UInt32(row + column * 3)
    }

    private func painted(_ cell: Cell) -> String {
        guard let curve = cell.curve else { return " " }
        if cell.isEnd { return paint(TerminalPlot.marks[curve % TerminalPlot.marks.count], curve) }
        return paint(Unicode.Scalar(0x2800 + cell.dots).map { String(Character($0)) } ?? " ", curve)
    }

    private func paint(_ text: String, _ curve: Int) -> String {
        inColor ? "\u{1B}[\(TerminalPlot.colors[curve % TerminalPlot.colors.count])m\(text)\u{1B}[0m" : text
    }

    private func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
