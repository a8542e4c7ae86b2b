// SPDX-License-Identifier: Apache-2.0
package import KindlingDeclarations

typealias Problem = RecipeReader.Problem

extension RecipeReader.Problem {
    /// What ends the reading of a recipe that has nothing but mistakes.
    static func tooMany(_ origin: Origin) -> Problem {
        Problem(at: origin, "reading stops here, after \(RecipeBudget.problems) mistakes")
    }
}

/// Where the values of a text were written, given libyaml's marks.
enum YAMLPlacing {
    /// In lines, as in a file.
    case lines(source: String)
    /// In one line that the text is the rest of, as in an argument of the command line.
    case characters(source: String, from: Int)

    func origin(_ mark: YAMLMark) -> Origin {
        switch self {
        case .lines(let source): Origin(source: source, line: mark.line + 1, column: mark.column + 1)
        case .characters(let source, let start): Origin(source: source, line: 0, column: start + mark.index + 1)
        }
    }
}

/// Reads YAML text: one document, as values that know their places.
///
/// Adds what is wrong to `problems`, and goes on where that makes sense; nil when nothing can be made of the text.
func readYAML(_ text: String, _ placing: YAMLPlacing, _ problems: inout [Problem]) -> DeclaredValue? {
    var builder = YAMLTreeBuilder(placing)
    let result = builder.build(text)
    problems += builder.problems
    return result
}

/// The tree of a recipe's text as it is written, nothing put in, for tests of what judges written recipes.
package func writtenRecipe(_ text: String) throws(RecipeError) -> DeclaredValue {
    var problems: [Problem] = []
    let value = readYAML(text, .lines(source: "recipe"), &problems)
    guard let value, problems.isEmpty else {
        throw RecipeError(problems: problems, sources: [RecipeSource(name: "recipe", text: text)])
    }
    return value
}
