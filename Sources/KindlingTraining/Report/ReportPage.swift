// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials

/// A run as one page that asks nothing of the network.
struct ReportPage {
    /// How the run ended.
    enum Ending {
        case ended(String)
        case interrupted(String)
        case failed(String)
    }

    /// A picture file with what is known of what it shows.
    struct Picture {
        let name: String
        let png: [UInt8]
        /// The table beside it, header first; empty without one.
        let table: [[String]]
    }

    var name: String
    var ending: Ending
    /// `50 epochs, 300 steps, 1.2 s`.
    var extent: String
    /// When it ended, in words.
    var time: String
    var history: EpochHistory
    /// Confusion matrices by title, header first.
    var matrices: [(title: String, cells: [[String]])] = []
    var pictures: [Picture] = []
    /// Predictions, header first.
    var predictions: [[String]] = []
    var recipe: String?
    var facts: [(name: String, value: String)] = []

    /// The file's text.
    var text: String {
        let title = HTML.escaped(name)
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
            <title>\(title)</title>
            <style>
            \(ReportStyle.css)
            </style>
            </head>
            <body>
            <header>
            <h1>\(title)</h1>
            <p>\(badge)</p>
            <p>\(HTML.escaped(extent)) · \(HTML.escaped(time))</p>
            </header>
            <main>
            \(sections)</main>
            </body>
            </html>

            """
    }

    private var sections: String {
        HTML.section("Results", results)
            + HTML.section("Curves", curves)
            + matrices.map { HTML.section($0.title, matrix($0.cells)) }.joined()
            + HTML.section("Samples", pictures.map(picture).joined(separator: "\n"))
            + HTML.section("Predictions", table(predictions, style: "predictions"))
            + HTML.section("Recipe", recipe.map { "<pre>\(HTML.escaped($0))</pre>" } ?? "")
            + HTML.section(
                "Environment",
                facts.isEmpty
                    ? "" : "<div class=\"facts\">\(HTML.table(["", ""], facts.map { [$0.name, $0.value] }))</div>")
    }

    private var badge: String {
        let (style, text) =
            switch ending {
            case .ended(let text): ("badge", text)
            case .interrupted(let text): ("badge interrupted", text)
            case .failed(let text): ("badge failed", text)
            }
        return "<span class=\"\(style)\">\(HTML.escaped(text))</span>"
    }

    private var results: String {
        guard let last = history.rows.last else { return "" }  // No epoch was finished.
        let hasValidation = history.names.contains { $0.hasPrefix("val_") }
        let rows = history.baseNames.map { base -> [String] in
            let cells = [base, "val_" + base].map { last.metrics[$0].map(readable) ?? "" }
            return [base, cells[0]]
                + (hasValidation ? [cells[1], range(hasValidation ? "val_" + base : base)] : [range(base)])
        }
        let header =
            ["Metric", "Training"] + (hasValidation ? ["Validation", "Validation, least to most"] : ["Least to most"])
        return HTML.table(header, rows)
    }

    /// The least and the most over the run, with their epochs: which of them is good only the metric knows.
    private func range(_ name: String) -> String {
        let points = history.points(name).filter { $0.y.isFinite }
        guard let least = points.min(by: { $0.y < $1.y }), let most = points.max(by: { $0.y < $1.y }) else { return "" }
        return "\(readable(least.y)) (epoch \(Int(least.x))) – \(readable(most.y)) (epoch \(Int(most.x)))"
    }

    private var curves: String {
        var charts = history.baseNames.map { base in
            LineChart(
                base,
                [
                    .init(style: "training", label: "training", points: history.points(base)),
                    .init(style: "validation", label: "validation", points: history.points("val_" + base)),
                ])
        }
        let rates = history.rows.map { (x: Double($0.epoch), y: $0.learningRate) }
        if !rates.isEmpty, !history.baseNames.contains("learning_rate") {
            charts.append(LineChart("learning rate", [.init(style: "rate", label: "last step", points: rates)]))
        }
        return charts.isEmpty ? "" : "<div class=\"grid\">\n\(charts.map(\.html).joined(separator: "\n"))\n</div>"
    }

    private func matrix(_ cells: [[String]]) -> String {
        guard let header = cells.first else { return "" }
        let head = header.map { "<th scope=\"col\">\(HTML.escaped($0))</th>" }.joined()
        let rows = cells.dropFirst().enumerated().map { actual, row -> String in
            let total = row.dropFirst().compactMap { Double($0) }.reduce(0, +)
            let body = row.dropFirst().enumerated().map { predicted, cell -> String in
                let share = total > 0 ? (Double(cell) ?? 0) / total : 0
                let style = actual == predicted ? " class=\"right\"" : ""
                return "<td\(style) style=\"--share: \((share * 60).rounded() / 100)\">\(HTML.escaped(cell))</td>"
            }
            return "<tr><th scope=\"row\">\(HTML.escaped(row.first ?? ""))</th>\(body.joined())</tr>"
        }
        return "<div class=\"wide matrix\"><table>\n<thead><tr>\(head)</tr></thead>\n<tbody>\n"
            + rows.joined(separator: "\n") + "\n</tbody></table></div>"
    }

    private func picture(_ picture: Picture) -> String {
        let data = Data(picture.png).base64EncodedString()
        let name = HTML.escaped(picture.name)
        return "<figure><figcaption><strong>\(name)</strong></figcaption>\n"
            + "<img alt=\"\(name)\" src=\"data:image/png;base64,\(data)\">\n</figure>\n"
            + table(picture.table, style: "predictions")
    }

    private func table(_ cells: [[String]], style: String) -> String {
        guard let header = cells.first, cells.count > 1 else { return "" }
        return "<div class=\"\(style)\">\(HTML.table(header, Array(cells.dropFirst())))</div>"
    }
}
