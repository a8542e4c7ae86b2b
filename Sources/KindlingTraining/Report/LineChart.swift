// SPDX-License-Identifier: Apache-2.0

/// Curves over the epochs as a picture in a page, which takes its colours from the page's style.
struct LineChart {
    /// One curve.
    struct Series {
        /// The class that the style colours: `training`, `validation`, `rate`.
        let style: String
        /// What it is called.
        let label: String
        /// The points; those that are no finite numbers are left out.
        let points: [(x: Double, y: Double)]
    }

    private static let (width, height, left, right, top, bottom) = (560.0, 260.0, 64.0, 14.0, 12.0, 34.0)
    /// More points than a screen has places for are thinned out.
    private static let mostPoints = 600
    private let title: String
    private let series: [Series]
    private let missing: Int
    private let x: PlotScale
    private let y: PlotScale

    init(_ title: String, _ series: [Series]) {
        self.title = title
        let all = series.reduce(0) { $0 + $1.points.count }
        let finite = series.map { one in
            Series(
                style: one.style, label: one.label,
                points: LineChart.thinned(one.points.filter { $0.x.isFinite && $0.y.isFinite }))
        }
        missing = all - series.reduce(0) { $0 + $1.points.count { $0.x.isFinite && $0.y.isFinite } }
        self.series = finite.filter { !$0.points.isEmpty }
        x = PlotScale(finite.flatMap { $0.points.map(\.x) })
        y = PlotScale(finite.flatMap { $0.points.map(\.y) })
    }

    /// The picture with its title and what each curve is.
    var html: String {
        let names = series.map { one in
            let last = one.points.last.map { " \(readable($0.y))" } ?? ""
            return "<span class=\"\(one.style)\">\(HTML.escaped(one.label + last))</span>"
        }
        let note = missing > 0 ? " <span>\(missing) value\(missing == 1 ? "" : "s") not a number</span>" : ""
        let drawing = series.isEmpty ? "" : "\n\(svg)"
        return """
            <figure>
            <figcaption><strong>\(HTML.escaped(title))</strong> \(names.joined(separator: " "))\(note)</figcaption>\(drawing)
            </figure>
            """
    }

    private var svg: String {
        let size = "\(n(LineChart.width)) \(n(LineChart.height))"
        var out = "<svg viewBox=\"0 0 \(size)\" role=\"img\" aria-label=\"\(HTML.escaped(title)) over the epochs\">\n"
        let floor = LineChart.height - LineChart.bottom
        for tick in y.ticks(5) {
            let place = n(row(tick))
            out += line(n(LineChart.left), place, n(LineChart.width - LineChart.right), place)
            out += text(LineChart.tickText(tick), n(LineChart.left - 8), n(row(tick) + 4), "end")
        }
        for tick in x.ticks(8) where tick == tick.rounded() {
            out += line(n(column(tick)), n(floor), n(column(tick)), n(floor + 4))
            out += text(scaleText(tick), n(column(tick)), n(floor + 17), "middle")
        }
        out += text("epoch", n(LineChart.width - LineChart.right), n(floor + 31), "end")
        for one in series {
            let points = one.points.map { "\(n(column($0.x))),\(n(row($0.y)))" }.joined(separator: " ")
            out += "<polyline class=\"\(one.style)\" points=\"\(points)\"/>\n"
            // Each point tells its numbers while there are few enough to be told apart.
            guard one.points.count <= 120 else { continue }
            for point in one.points {
                out +=
                    "<circle class=\"\(one.style)\" cx=\"\(n(column(point.x)))\" cy=\"\(n(row(point.y)))\" r=\"2.5\">"
                out += "<title>epoch \(scaleText(point.x)): \(readable(point.y))</title></circle>\n"
            }
        }
        return out + "</svg>"
    }

    /// The smallest and the largest of each of some stretches, in order, so that no peak is lost.
    static func thinned(_ points: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
        guard points.count > mostPoints else { return points }
        let stretch = (2 * points.count + mostPoints - 1) / mostPoints
        return stride(from: 0, to: points.count, by: stretch).flatMap { start -> [(x: Double, y: Double)] in
            let part = start..<min(start + stretch, points.count)
            guard let low = part.min(by: { points[$0].y < points[$1].y }),
                let high = part.max(by: { points[$0].y < points[$1].y }), low != high
            else { return [points[start]] }
            return [points[min(low, high)], points[max(low, high)]]
        }
    }

    /// A value beside the scale, without zeros at its end.
    private static func tickText(_ value: Double) -> String {
        var text = scaleText(value)
        guard text.contains("."), !text.contains("e") else { return text }
        while text.hasSuffix("0") { text.removeLast() }
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }

    private func column(_ value: Double) -> Double {
        LineChart.left + x.place(value) * (LineChart.width - LineChart.left - LineChart.right)
    }

    private func row(_ value: Double) -> Double {
        LineChart.height - LineChart.bottom - y.place(value) * (LineChart.height - LineChart.top - LineChart.bottom)
    }

    private func line(_ x1: String, _ y1: String, _ x2: String, _ y2: String) -> String {
        "<line x1=\"\(x1)\" y1=\"\(y1)\" x2=\"\(x2)\" y2=\"\(y2)\"/>\n"
    }

    private func text(_ content: String, _ x: String, _ y: String, _ anchor: String) -> String {
        "<text x=\"\(x)\" y=\"\(y)\" text-anchor=\"\(anchor)\">\(HTML.escaped(content))</text>\n"
    }

    private func n(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}
