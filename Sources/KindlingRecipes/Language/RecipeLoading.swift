// SPDX-License-Identifier: Apache-2.0
package import KindlingDeclarations

/// A recipe on its way from text to one tree, with all that is wrong with it.
///
/// Files are laid over each other, then profiles, then what arguments say; references are followed last. Where a mistake
/// leaves a tree that can be judged further, such as a repeated key, there is a recipe as well as a problem, so that
/// whoever reads components from it can add what is wrong there and show everything at once.
package struct RecipeLoading {
    /// Where a recipe begins.
    package enum Start {
        /// With files, each laid over those before it.
        case files([String])
        /// With a text, and what to call it.
        case text(String, name: String)

        /// With one file.
        package static func file(_ path: String) -> Start { .files([path]) }
    }

    /// The recipe, unless too little of it is left.
    package let recipe: Recipe?
    /// The recipe before references are followed: values that are left open still stand in it.
    package let unresolved: DeclaredValue?
    /// What is wrong.
    package let problems: [RecipeReader.Problem]
    /// The texts read, also when there is no recipe.
    package let sources: [RecipeSource]
    /// The same recipe with one more profile.
    let adding: (_ profile: String) -> RecipeLoading
    /// The profiles that were asked for.
    let profiles: [String]

    /// Reads everything, the profiles named and the overrides in `arguments` included.
    package init(
        _ start: Start, profiles names: [String] = [], _ arguments: [String],
        _ environment: @escaping (String) -> String?
    ) {
        adding = { RecipeLoading(start, profiles: names + [$0], arguments, environment) }
        profiles = names
        var layers = RecipeLayers(environment: environment)
        let merged = RecipeLoading.merged(start, &layers)
        var problems = layers.problems
        if case .files(let paths) = start, paths.isEmpty {
            problems.append(Problem(at: Origin(source: "recipe"), "no recipe is given; name a recipe's file"))
        }
        let overrides = arguments.enumerated().compactMap { index, argument in
            RecipeOverride(argument, number: index + 1, &problems)
        }
        let argumentSources = arguments.enumerated().map { index, argument in
            RecipeSource(name: RecipeOverride.name(index + 1), text: argument)
        }
        sources = layers.sources + argumentSources
        // Changes to a recipe that is not whole would only be wrong in its turn.
        guard let merged, !layers.isIncomplete else {
            self.problems = problems
            recipe = nil
            unresolved = nil
            return
        }
        let problemsBefore = problems.count
        let profiles = RecipeProfiles(takenFrom: merged, &problems)
        var tree = profiles.recipe
        var profileOrigins: [Origin: String] = [:]
        for name in names {
            guard let changed = profiles.applying(name, to: tree, &problems) else { continue }
            tree = changed
            for origin in profiles.origins(of: name) { profileOrigins[origin] = name }
        }
        // What arguments were meant for may have been in a profile that there is none of.
        let profilesAreThere = problems.count == problemsBefore
        for override in overrides {
            do throws(Problem) { tree = try override.applied(to: tree) } catch {
                if profilesAreThere { problems.append(error) }
            }
        }
        unresolved = tree
        var resolver = ReferenceResolver(tree, sources: sources, environment: environment)
        let resolved = resolver.resolve()
        self.problems = problems + resolver.problems
        guard let resolved, resolver.problems.isEmpty else {
            recipe = nil
            return
        }
        recipe = Recipe(
            root: resolved, sources: sources, profiles: profiles.names, profileOrigins: profileOrigins)
    }

    private static func merged(_ start: Start, _ layers: inout RecipeLayers) -> DeclaredValue? {
        switch start {
        case .files(let paths):
            var merged: DeclaredValue?
            for path in paths {
                guard let next = layers.read(RecipeFile(path: path)) else { continue }
                merged = merged.map { next.laid(over: $0) } ?? next
            }
            return merged
        case .text(let text, let name):
            let (source, flaw) = RecipeFile.source(named: name, Array(text.utf8))
            let file = name.utf8.contains(UInt8(ascii: "/")) ? RecipeFile(path: name) : nil
            return layers.read(source, flaw: flaw, in: file)
        }
    }

    /// The recipe, when nothing is wrong.
    func whole() throws(RecipeError) -> Recipe {
        guard let recipe, problems.isEmpty else { throw RecipeError(problems: problems, sources: sources) }
        return recipe
    }

    /// The recipe and what it describes, when nothing is wrong; what is wrong with either, when something is.
    package func whole(
        additions: [ComponentCatalog]
    ) throws(RecipeError) -> (recipe: Recipe, experiment: Experiment) {
        guard let recipe else { throw RecipeError(problems: problems, sources: sources) }
        let reader = RecipeReader(additions: additions)
        let experiment = recipe.read(by: reader)
        let all = problems + reader.problems
        guard let experiment, all.isEmpty else { throw RecipeError(problems: all, sources: sources) }
        return (recipe, experiment)
    }
}
