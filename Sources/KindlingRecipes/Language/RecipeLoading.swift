// SPDX-License-Identifier: Apache-2.0
package import KindlingDeclarations

/// A recipe on its way from text to one tree, with all that is wrong with it.
///
/// Where a mistake leaves a tree that can be judged further, such as a repeated key, there is a recipe as well as a
/// problem, so that whoever reads components from it can add what is wrong there and show everything at once.
package struct RecipeLoading {
    /// Where a recipe begins.
    package enum Start {
        /// With a file.
        case file(String)
        /// With a text, and what to call it.
        case text(String, name: String)
    }

    /// The recipe, unless too little of it is left.
    package let recipe: Recipe?
    /// What is wrong.
    package let problems: [RecipeReader.Problem]
    /// The texts read, also when there is no recipe.
    package let sources: [RecipeSource]

    /// Reads everything, the overrides in `arguments` included.
    package init(_ start: Start, _ arguments: [String], _ environment: @escaping (String) -> String?) {
        var layers = RecipeLayers(environment: environment)
        let merged: DeclaredValue?
        switch start {
        case .file(let path): merged = layers.read(RecipeFile(path: path))
        case .text(let text, let name):
            let (source, flaw) = RecipeFile.source(named: name, Array(text.utf8))
            let file = name.utf8.contains(UInt8(ascii: "/")) ? RecipeFile(path: name) : nil
            merged = layers.read(source, flaw: flaw, in: file)
        }
        var problems = layers.problems
        let problemsInFiles = problems.count
        let overrides = arguments.enumerated().compactMap { index, argument in
            RecipeOverride(argument, number: index + 1, &problems)
        }
        let argumentSources = arguments.enumerated().map { index, argument in
            RecipeSource(name: RecipeOverride.name(index + 1), text: argument)
        }
        sources = layers.sources + argumentSources
        // Changes to a recipe that is not whole would only be wrong in its turn.
        guard var tree = merged, !layers.isIncomplete, problems.count == problemsInFiles else {
            self.problems = problems
            recipe = nil
            return
        }
        for override in overrides {
            do throws(Problem) { tree = try override.applied(to: tree) } catch { problems.append(error) }
        }
        var resolver = ReferenceResolver(tree, sources: sources, environment: environment)
        let isChanged = problems.count == problemsInFiles
        let resolved = isChanged ? resolver.resolve() : nil
        self.problems = problems + resolver.problems
        recipe = resolver.problems.isEmpty ? resolved.map { [sources] in Recipe(root: $0, sources: sources) } : nil
    }

    /// The recipe, when nothing is wrong.
    func whole() throws(RecipeError) -> Recipe {
        guard let recipe, problems.isEmpty else { throw RecipeError(problems: problems, sources: sources) }
        return recipe
    }
}
