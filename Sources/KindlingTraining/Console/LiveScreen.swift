// SPDX-License-Identifier: Apache-2.0

/// A run on a full screen, as text: title, progress, figures, curves, keys.
struct LiveScreen: Sendable {
    /// A figure's value now, and its curves over the epochs.
    struct Figure: Sendable {
        var name: String
        var training: Double?
        var validation: Double?
        var trainingCurve: [(epoch: Double, value: Double)] = []
        var validationCurve: [(epoch: Double, value: Double)] = []
    }

    var name = ""
    /// `epoch 3/50`.
    var place = ""
    /// What is being done: `training`, `validating`.
    var activity = ""
    /// Batches done in the pass over the data, and how many it has.
    var batch = 0
    var batchCount = 0
    /// The share of the whole run that is done; nil when it has no end.
    var share: Double?
    var seconds = 0.0
    var secondsLeft: Double?
    var samplesPerSecond = 0.0
    var learningRate = 0.0
    var figures: [Figure] = []
    /// What was just done or said.
    var notice = ""

    /// The screen's lines, no more than `height`, each of `width` places at most.
    func lines(width: Int, height: Int, inColor: Bool = false) -> [String] {
        let width = max(20, width)
        let ends = "\(LiveScreen.clock(seconds))" + (secondsLeft.map { " · \(LiveScreen.clock($0)) left" } ?? "")
        var top = [
            spread("\(name) · \(place) · \(activity)", ends, width),
            progressLine(width), "",
        ]
        top += table(rows: max(1, min(figures.count, height / 3)), width: width)
        top.append(
            spread("learning rate \(readable(learningRate))", "\(grouped(Int(samplesPerSecond))) samples/s", width))
        let bottom = [spread("q stop and save   s save now", notice, width)]
        let room = height - top.count - bottom.count - 1
        var middle = room >= 8 ? [""] + charts(width: width, height: room, inColor: inColor) : []
        while top.count + middle.count + bottom.count < height { middle.append("") }
        return Array((top + middle).prefix(max(0, height - 1))) + bottom
    }

    private func progressLine(_ width: Int) -> String {
        let counts = batchCount > 0 ? " \(grouped(batch))/\(grouped(batchCount))" : ""
        let whole = share.map { " \(Int(($0 * 100).rounded(.down))) % of the run" } ?? ""
        let length = max(8, width - counts.count - whole.count)
        let filled = batchCount > 0 ? min(length, length * batch / batchCount) : 0
        let bar = String(repeating: "━", count: filled) + String(repeating: "─", count: length - filled)
        return String((bar + counts + whole).prefix(width))
    }

    private func table(rows: Int, width: Int) -> [String] {
        guard !figures.isEmpty else { return ["no figures yet"] }
        let hasValidation = figures.contains { $0.validation != nil }
        var table = Table(["", "training"] + (hasValidation ? ["validation"] : []), right: [1, 2])
        for figure in figures.prefix(rows) {
            let cells = [figure.name, figure.training.map(readable) ?? "", figure.validation.map(readable) ?? ""]
            table.add(Array(cells.prefix(hasValidation ? 3 : 2)))
        }
        return table.text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated().filter { $0.offset != 1 }.map { String($0.element.prefix(width)) }
    }

    /// One chart a figure, side by side where there is room, the first figures first.
    private func charts(width: Int, height: Int, inColor: Bool) -> [String] {
        let drawable = figures.filter { !curves($0).isEmpty }
        let count = min(drawable.count, max(1, width / 60))
        guard count > 0 else { return [] }  // The first points are still to come.
        let own = (width - 2 * (count - 1)) / count
        let blocks = drawable.prefix(count).map { figure -> [String] in
            let curves = curves(figure)
            let plot = TerminalPlot(
                curves, isLogarithmic: false, width: own, height: height - 3 - curves.count, inColor: inColor)
            return [String(figure.name.prefix(own))]
                + plot.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        }
        return (0..<(blocks.map(\.count).max() ?? 0)).map { row in
            blocks.enumerated().reduce(into: "") { line, block in
                let cell = block.element.indices.contains(row) ? block.element[row] : ""
                let isLast = block.offset == blocks.count - 1
                let space = isLast ? 0 : max(0, own + 2 - LiveScreen.visibleWidth(cell))
                line += cell + String(repeating: " ", count: space)
            }
        }
    }

    private func curves(_ figure: Figure) -> [Curve] {
        [("training", figure.trainingCurve), ("validation", figure.validationCurve)].compactMap { label, points in
            let finite = points.filter { $0.value.isFinite }
            return finite.isEmpty ? nil : Curve(label: label, points: finite)
        }
    }

    /// One text at the left and one at the right of a line; what does not fit is cut off.
    private func spread(_ left: String, _ right: String, _ width: Int) -> String {
        let right = String(right.prefix(width))
        let left = String(left.prefix(max(0, width - right.count - (right.isEmpty ? 0 : 2))))
        guard !right.isEmpty else { return left }
        return left + String(repeating: " ", count: width - left.count - right.count) + right
    }

    /// Places that a text takes on the screen: colours take none.
    static func visibleWidth(_ text: String) -> Int {
        var count = 0
        var isCode = false
        for character in text {
            if character == "\u{1B}" { isCode = true }
            if !isCode { count += 1 }
            if isCode, character == "m" { isCode = false }
        }
        return count
    }

    /// `0:07`, `12:34`, `1:02:03`.
    static func clock(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e9 else { return "–" }
        let whole = Int(max(0, seconds))
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let (hours, minutes) = (whole / 3600, whole / 60 % 60)
        return hours > 0 ? "\(hours):\(two(minutes)):\(two(whole % 60))" : "\(minutes):\(two(whole % 60))"
    }
}
