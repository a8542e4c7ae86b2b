// SPDX-License-Identifier: Apache-2.0
internal import Kindling

/// Curves as an SVG picture, with scales, a grid and what each curve is.
struct SVGPlot {
    private static let colors = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"]
    private static let (width, height, left, right, top, bottom) = (720.0, 420.0, 72.0, 16.0, 16.0, 40.0)
    private let curves: [Curve]
    private let x: PlotScale
    private let y: PlotScale

    init(_ curves: [Curve], isLogarithmic: Bool) {
        self.curves = curves
        x = PlotScale(curves.flatMap { $0.points.map(\.epoch) })
        y = PlotScale(curves.flatMap { $0.points.map(\.value) }, isLogarithmic: isLogarithmic)
    }

    var text: String {
        let legendTop = SVGPlot.height + 12
        let total = legendTop + 20 * Double(curves.count)
        var out = """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(number(SVGPlot.width))" height="\(number(total))" \
            viewBox="0 0 \(number(SVGPlot.width)) \(number(total))" font-family="sans-serif" font-size="12">
            <rect width="100%" height="100%" fill="#ffffff"/>

            """
        let floor = SVGPlot.height - SVGPlot.bottom
        for tick in y.ticks(5) {
            let place = number(row(tick))
            out += line(number(SVGPlot.left), place, number(SVGPlot.width - SVGPlot.right), place)
            out += text(scaleText(tick), number(SVGPlot.left - 8), number(row(tick) + 4), anchor: "end")
        }
        for tick in x.ticks(8) {
            let place = number(column(tick))
            out += line(place, number(SVGPlot.top), place, number(floor))
            out += text(scaleText(tick), place, number(floor + 18), anchor: "middle")
        }
        out += text(
            "epoch", number((SVGPlot.left + SVGPlot.width - SVGPlot.right) / 2), number(floor + 36), anchor: "middle")
        for (index, curve) in curves.enumerated() {
            let color = SVGPlot.colors[index % SVGPlot.colors.count]
            let points = curve.points.map { "\(number(column($0.epoch))),\(number(row($0.value)))" }
            out +=
                "<polyline fill=\"none\" stroke=\"\(color)\" stroke-width=\"2\" points=\"\(points.joined(separator: " "))\"/>\n"
            let place = legendTop + 20 * Double(index)
            out +=
                "<rect x=\"\(number(SVGPlot.left))\" y=\"\(number(place))\" width=\"16\" height=\"4\" fill=\"\(color)\"/>\n"
            out += text(curve.label, number(SVGPlot.left + 24), number(place + 6), anchor: "start")
        }
        return out + "</svg>\n"
    }

    private func column(_ epoch: Double) -> Double {
        SVGPlot.left + x.place(epoch) * (SVGPlot.width - SVGPlot.left - SVGPlot.right)
    }

    private func row(_ value: Double) -> Double {
        SVGPlot.height - SVGPlot.bottom - y.place(value) * (SVGPlot.height - SVGPlot.top - SVGPlot.bottom)
    }

    private func line(_ x1: String, _ y1: String, _ x2: String, _ y2: String) -> String {
        "<line x1=\"\(x1)\" y1=\"\(y1)\" x2=\"\(x2)\" y2=\"\(y2)\" stroke=\"#dddddd\"/>\n"
    }

    private func text(_ content: String, _ x: String, _ y: String, anchor: String) -> String {
        "<text x=\"\(x)\" y=\"\(y)\" text-anchor=\"\(anchor)\" fill=\"#333333\">\(HTML.escaped(content))</text>\n"
    }

    private func number(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}
