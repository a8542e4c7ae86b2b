// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// Shows mistakes with the lines that they stand in.
struct DiagnosticRenderer {
    /// The columns of a line that are shown; longer lines are cut around the caret.
    private static let width = 100
    private let lines: LineFinder
    private let inColor: Bool

    init(sources: [RecipeSource], inColor: Bool) {
        lines = LineFinder(sources)
        self.inColor = inColor
    }

    /// A mistake and its notes, without a line end.
    func text(of problem: RecipeReader.Problem) -> String {
        var parts = [part(problem.origin, "error", red, problem.text)]
        for note in problem.notes { parts.append(part(note.origin, "note", cyan, note.message)) }
        return parts.joined(separator: "\n")
    }

    private func part(_ origin: Origin, _ kind: String, _ color: String, _ message: String) -> String {
        let place = DisplayText.visible("\(origin)")
        let head = "\(paint(place, bold)): \(paint("\(kind):", color)) \(paint(DisplayText.visible(message), bold))"
        guard origin.column > 0, let line = lines.line(of: origin), line.contains(where: { !$0.isWhitespace }) else {
            return head
        }
        let width = DiagnosticRenderer.width
        let (excerpt, indent) = DisplayText.excerpt(of: line, around: origin.column - 1, width: width)
        return "\(head)\n    \(excerpt)\n    \(indent)\(paint("^", green))"
    }

    private func paint(_ text: String, _ color: String) -> String {
        inColor ? "\u{1B}[\(color)m\(text)\u{1B}[0m" : text
    }

    private var bold: String { "1" }
    private var red: String { "1;31" }
    private var green: String { "1;32" }
    private var cyan: String { "1;36" }
}

/// Finds the lines that places lie in.
private struct LineFinder {
    private let sources: [RecipeSource]

    init(_ sources: [RecipeSource]) { self.sources = sources }

    func line(of origin: Origin) -> String? {
        sources.first { $0.name == origin.source }?.line(origin.line)
    }
}
