// SPDX-License-Identifier: Apache-2.0

/// A drawing as text, for browsers and documents.
struct SVG {
    private let width: Int
    private let height: Int
    private var parts: [String] = []

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    mutating func line(from start: (x: Double, y: Double), to end: (x: Double, y: Double), colour: String) {
        parts.append(
            "<line x1=\"\(n(start.x))\" y1=\"\(n(start.y))\" x2=\"\(n(end.x))\" y2=\"\(n(end.y))\" stroke=\"\(colour)\"/>"
        )
    }

    mutating func path(through points: [(x: Double, y: Double)], colour: String) {
        let text = points.map { "\(n($0.x)),\(n($0.y))" }.joined(separator: " ")
        parts.append("<polyline points=\"\(text)\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"2\"/>")
    }

    mutating func circle(at place: (x: Double, y: Double), radius: Double, colour: String) {
        parts.append("<circle cx=\"\(n(place.x))\" cy=\"\(n(place.y))\" r=\"\(n(radius))\" fill=\"\(colour)\"/>")
    }

    mutating func rectangle(x: Double, y: Double, width: Double, height: Double, colour: String) {
        parts.append(
            "<rect x=\"\(n(x))\" y=\"\(n(y))\" width=\"\(n(width))\" height=\"\(n(height))\" fill=\"\(colour)\"/>")
    }

    /// - Parameter anchor: `start`, `middle` or `end`: which end of the text stands at the place.
    mutating func text(
        _ text: String, at place: (x: Double, y: Double), anchor: String = "middle", colour: String = "#333",
        turned: Bool = false
    ) {
        let turn = turned ? " transform=\"rotate(-90 \(n(place.x)) \(n(place.y)))\"" : ""
        parts.append(
            "<text x=\"\(n(place.x))\" y=\"\(n(place.y))\" text-anchor=\"\(anchor)\" fill=\"\(colour)\"\(turn)>"
                + "\(HTML.escaped(text))</text>")
    }

    /// The file.
    var file: String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" \
        font-family="sans-serif" font-size="12">
        <rect width="\(width)" height="\(height)" fill="white"/>
        \(parts.joined(separator: "\n"))
        </svg>

        """
    }

    private func n(_ number: Double) -> String { fixed(number, digits: 1) }
}
