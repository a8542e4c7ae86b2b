// SPDX-License-Identifier: Apache-2.0
internal import KindlingData
public import KindlingDeclarations
public import KindlingNN

/// A recipe in which no mistake was found, without reading data.
public struct CheckedExperiment {
    /// The recipe.
    public let recipe: Recipe
    /// What it describes.
    public let experiment: Experiment
    /// What the model consists of and costs for one sample; nil when `note` says why that is not known.
    public let summary: ModuleSummary?
    /// Why not everything could be checked; nil when it was.
    public let note: String?
}

/// Reads recipes' files and finds what is wrong with what they describe, without reading data.
///
/// Beyond what `loadExperiment` finds: layers that do not fit each other, the data or the loss, and mistakes in profiles
/// that were not asked for.
/// - Throws: `RecipeError` with everything that is wrong; a layer that does not fit is shown at its line.
public func checkExperiment(
    paths: [String], profiles: [String] = [], overrides: [String] = [], additions: [ComponentCatalog] = [],
    environment: (@Sendable (String) -> String?)? = nil
) throws(RecipeError) -> CheckedExperiment {
    try RecipeLoading(.files(paths), profiles: profiles, overrides, environment ?? processEnvironment)
        .checked(additions: additions)
}

extension RecipeLoading {
    /// What the recipe describes, when nothing is wrong with it that can be found without reading data.
    package func checked(additions: [ComponentCatalog] = []) throws(RecipeError) -> CheckedExperiment {
        let reader = RecipeReader(additions: additions)
        let made = recipe?.read(by: reader)
        let found = problems + reader.problems
        guard let recipe, let made, found.isEmpty else { throw RecipeError(problems: found, sources: sources) }
        // The recipe is sound, so what is wrong with a profile laid over it is the profile's mistake.
        var mistakes: [Problem] = []
        for name in recipe.profiles where !profiles.contains(name) {
            let changed = adding(name)
            let reader = RecipeReader(additions: additions)
            _ = changed.recipe?.read(by: reader)
            mistakes += changed.problems + reader.problems
        }
        guard mistakes.isEmpty else { throw RecipeError(problems: mistakes, sources: sources) }
        let summary = try ModelCheck(made, recipe, reader).run()
        let note = made.data.info.unknownShape.map { reason in
            "the layers were not held against each other: the shape of \(made.data.name)'s samples is only known"
                + " from its file: \(reason)"
        }
        return CheckedExperiment(recipe: recipe, experiment: made, summary: summary, note: note)
    }
}
