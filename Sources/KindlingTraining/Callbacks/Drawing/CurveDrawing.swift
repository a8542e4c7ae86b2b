// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import KindlingIO

/// A curve with one point marked, on axes that are linear or logarithmic.
struct CurveDrawing {
    var title: String
    var xName: String
    var yName: String
    var points: [(x: Double, y: Double)]
    var marked: (x: Double, y: Double)?
    var isLogarithmic: Bool

    func write(to path: String) throws { try AtomicFile.write(Array(svg.utf8), to: path) }

    /// The drawing; points that are no finite numbers are left out.
    var svg: String {
        var drawing = SVG(width: 720, height: 440)
        let (left, right, top, bottom) = (70.0, 700.0, 40.0, 380.0)
        let shown = points.filter { $0.x.isFinite && $0.y.isFinite && (!isLogarithmic || $0.x > 0) }
        drawing.text(title, at: (360, 22))
        drawing.text(xName, at: (385, 425))
        drawing.text(yName, at: (16, 210), turned: true)
        drawing.line(from: (left, bottom), to: (right, bottom), colour: "#333")
        drawing.line(from: (left, top), to: (left, bottom), colour: "#333")
        let across = shown.map { isLogarithmic ? log10($0.x) : $0.x }, up = shown.map(\.y)
        guard let first = across.min(), let last = across.max(), let low = up.min(), let high = up.max() else {
            return drawing.file  // No point, no curve.
        }
        func x(_ value: Double) -> Double {
            left + (right - left) * (last > first ? (value - first) / (last - first) : 0.5)
        }
        func y(_ value: Double) -> Double {
            bottom - (bottom - top) * (high > low ? (value - low) / (high - low) : 0.5)
        }
        for part in 0...4 {
            let share = Double(part) / 4
            let (value, level) = (first + (last - first) * share, low + (high - low) * share)
            drawing.text(readable(isLogarithmic ? pow(10, value) : value), at: (x(value), bottom + 18))
            drawing.text(readable(level), at: (left - 8, y(level) + 4), anchor: "end")
        }
        drawing.path(through: zip(across, up).map { (x($0), y($1)) }, colour: "#1f77b4")
        if let marked, marked.x.isFinite, marked.y.isFinite, !isLogarithmic || marked.x > 0 {
            drawing.circle(
                at: (x(isLogarithmic ? log10(marked.x) : marked.x), y(marked.y)), radius: 6, colour: "#d62728")
        }
        return drawing.file
    }
}
