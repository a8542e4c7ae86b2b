// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

/// Everything that is wrong with a recipe.
public struct RecipeError: Error, Sendable, CustomStringConvertible {
    /// The mistakes in the order of their places: the recipe first, then those that it extends, then the arguments.
    public let problems: [RecipeReader.Problem]
    /// The texts that the places lie in.
    public let sources: [RecipeSource]

    /// Puts mistakes in order; the same mistake at the same place counts once.
    public init(problems: [RecipeReader.Problem], sources: [RecipeSource]) {
        var ranks: [String: Int] = [:]
        for (rank, source) in sources.enumerated() where ranks[source.name] == nil { ranks[source.name] = rank }
        var seen: Set<RecipeReader.Problem> = []
        let distinct = problems.filter { seen.insert($0).inserted }
        // By position in the list where places are equal, so that the order is the same each time.
        let keyed = distinct.enumerated().map { index, problem in
            let origin = problem.origin
            return (key: (ranks[origin.source] ?? -1, origin.line, origin.column, index), problem: problem)
        }
        self.problems = keyed.sorted { $0.key < $1.key }.map(\.problem)
        self.sources = sources
    }

    /// The mistakes as plain text, each with its line and a caret; see `rendered(inColor:)`.
    public var description: String { rendered(inColor: false) }

    /// The mistakes as text: `file:line:column: error: message`, the line, and a caret under the place.
    ///
    /// Shows twenty and counts the rest. Characters that would act on a terminal are shown by their numbers.
    public func rendered(inColor: Bool) -> String {
        let renderer = DiagnosticRenderer(sources: sources, inColor: inColor)
        let shown = problems.prefix(20).map(renderer.text(of:))
        let rest = problems.count - shown.count
        let count = rest == 0 ? [] : ["… and \(rest) more error\(rest == 1 ? "" : "s")"]
        return (shown + count).joined(separator: "\n")
    }
}
