// SPDX-License-Identifier: Apache-2.0
internal import KindlingIO

/// A confusion matrix as coloured squares; a row's shades are shares of the row.
struct MatrixDrawing {
    let names: [String]
    let rows: [[Int]]

    func write(to path: String) throws { try AtomicFile.write(Array(svg.utf8), to: path) }

    var svg: String {
        let side = rows.count > 20 ? 18.0 : 44.0
        let margin = 24 + 7 * Double(min(24, names.map(\.count).max() ?? 0))
        let size = side * Double(rows.count)
        var drawing = SVG(width: Int(margin + size + 20), height: Int(margin + size + 40))
        drawing.text("predicted", at: (margin + size / 2, 14))
        drawing.text("actual", at: (14, margin + size / 2), turned: true)
        for (place, name) in names.enumerated() {
            let middle = margin + (Double(place) + 0.5) * side
            let shown = String(name.prefix(24))
            drawing.text(shown, at: (margin - 6, middle + 4), anchor: "end")
            drawing.text(shown, at: (middle + 4, margin - 6), anchor: "start", turned: true)
        }
        for (actual, row) in rows.enumerated() {
            let total = row.reduce(0, +)
            for (predicted, count) in row.enumerated() {
                let share = total > 0 ? Double(count) / Double(total) : 0
                let (x, y) = (margin + Double(predicted) * side, margin + Double(actual) * side)
                drawing.rectangle(
                    x: x, y: y, width: side, height: side, colour: shade(share, isRight: actual == predicted))
                guard side > 20 else { continue }  // Numbers would not fit.
                drawing.text(
                    "\(count)", at: (x + side / 2, y + side / 2 + 4), colour: share > 0.6 ? "white" : "#333")
            }
        }
        return drawing.file
    }

    /// From white to blue on the diagonal, to red beside it.
    private func shade(_ share: Double, isRight: Bool) -> String {
        let end = isRight ? (31.0, 119.0, 180.0) : (214.0, 39.0, 40.0)
        func mix(_ colour: Double) -> Int { Int(255 + (colour - 255) * share) }
        return "rgb(\(mix(end.0)),\(mix(end.1)),\(mix(end.2)))"
    }
}
