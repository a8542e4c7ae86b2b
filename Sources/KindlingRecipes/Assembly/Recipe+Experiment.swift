// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

extension Recipe {
    /// Makes what the recipe describes.
    /// - Parameter additions: Components of a project's own.
    /// - Throws: `RecipeError` with every mistake at once: misspelt keys, wrong types, unknown components.
    public func experiment(additions: [ComponentCatalog] = []) throws(RecipeError) -> Experiment {
        let reader = RecipeReader(additions: additions)
        let made = Experiment.component.read(root, reader)
        if let error = error(for: reader.problems) { throw error }
        guard let made else {
            // A reader that makes nothing has reported why; this is for a component that broke that rule.
            throw RecipeError(
                problems: [RecipeReader.Problem(at: root.origin, "nothing could be made of this recipe")],
                sources: sources)
        }
        return made
    }
}
