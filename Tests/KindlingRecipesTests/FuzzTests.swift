// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingDeclarations
import KindlingRecipes
import Testing

/// The reader of recipes, given texts made wrong at random: it reads or refuses, and never traps or goes over budget.
///
/// Runs the same 20,000 texts each time. `KINDLING_FUZZ=10000000` runs more, from the seed `KINDLING_FUZZ_SEED` on:
///
///     KINDLING_FUZZ=10000000 swift test -c release --filter FuzzTests
@Suite struct FuzzTests {
    static let variables = ProcessInfo.processInfo.environment
    static let count = variables["KINDLING_FUZZ"].flatMap { Int($0) } ?? 20_000
    static let seed = variables["KINDLING_FUZZ_SEED"].flatMap { UInt64($0) } ?? 20_261_124
    /// Texts at a time for each of these; a number that divides the work, not the number of processors.
    static let parts = 8

    @Test(arguments: 0..<parts)
    func randomlyWrongRecipesAreReadOrRefused(_ part: Int) throws {
        var fuzzer = RecipeFuzzer(seed: Self.seed &+ UInt64(part) &* 1_000_003)
        for number in 0..<Self.count / Self.parts {
            let (text, arguments, profiles) = fuzzer.next()
            guard let flaw = Self.flaw(of: text, arguments, profiles) else { continue }
            Issue.record("part \(part), text \(number): \(flaw)\n\(text.debugDescription)\n\(arguments)")
            return
        }
    }

    /// What is wrong with how a text is taken; nil when it is read or refused as it should be.
    private static func flaw(of text: String, _ arguments: [String], _ profiles: [String]) -> String? {
        let loading = RecipeLoading(.text(text, name: "recipe"), profiles: profiles, arguments) {
            $0 == "HOME" ? "/home/a b" : $0 == "N" ? "5" : nil
        }
        let reader = RecipeReader()
        if let recipe = loading.recipe {
            if let flaw = budgetFlaw(recipe.root) { return flaw }
            Experiment.read(recipe.root, reader)
            // What is written out for the run's folder is the same recipe again.
            if loading.problems.isEmpty {
                guard let again = try? loadRecipe(text: recipe.resolvedText) else {
                    return "the resolved text is refused: \(recipe.resolvedText)"
                }
                if !again.root.isSame(as: recipe.root) { return "the resolved text says something else" }
            }
        } else if loading.problems.isEmpty {
            return "there is neither a recipe nor a mistake"
        }
        let problems = loading.problems + reader.problems
        if problems.isEmpty { return nil }
        let error = RecipeError(problems: problems, sources: loading.sources)
        for problem in error.problems where problem.message.isEmpty { return "a mistake without words" }
        let rendered = error.description
        if rendered.utf8.count > 200_000 { return "a message of \(rendered.utf8.count) bytes" }
        if rendered.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" && $0 != "\t" }) {
            return "a message that acts on the terminal"
        }
        return nil
    }

    private static func budgetFlaw(_ root: DeclaredValue) -> String? {
        var nodes = 0
        var deepest = 0
        func walk(_ value: DeclaredValue, _ depth: Int) {
            nodes += 1
            deepest = max(deepest, depth)
            switch value.content {
            case .null, .scalar: break
            case .sequence(let items): for item in items { walk(item, depth + 1) }
            case .mapping(let entries): for entry in entries { walk(entry.value, depth + 1) }
            }
        }
        walk(root, 0)
        if nodes > 200_000 { return "\(nodes) values" }
        // Arguments can add their own 64 levels to a recipe's.
        return deepest > 64 ? "\(deepest) levels" : nil
    }
}
