// SPDX-License-Identifier: Apache-2.0
internal import Glibc
public import KindlingDeclarations

/// A recipe as it was written, with `extends`, overrides and references put in: one tree of values that know where
/// they stand.
public struct Recipe: Sendable {
    /// The whole recipe, a mapping.
    public let root: DeclaredValue
    /// The texts that it was read from: the recipe, those that it extends, the arguments that change it.
    public let sources: [RecipeSource]
    /// The names of the profiles that it offers, asked for or not; they are no part of `root`.
    public let profiles: [String]
    /// Which profile wrote the values of a place.
    let profileOrigins: [Origin: String]

    /// The mistakes that a reader found in this recipe as an error that shows their places; nil when there are none.
    public func error(for problems: [RecipeReader.Problem]) -> RecipeError? {
        problems.isEmpty ? nil : RecipeError(problems: problems, sources: sources)
    }

    /// The recipe as YAML that says everything by itself, for the run's folder and the checkpoint.
    ///
    /// Read with `loadRecipe(text:named:)`, it gives the same recipe: a literal `${` is written `$${`.
    public var resolvedText: String { text(of: root) }

    /// A tree that was made of the recipe, such as ``completed(additions:)``, as a recipe's text.
    package func text(of root: DeclaredValue) -> String { YAMLRenderer(escapingReferences: true).text(of: root) }
}

/// Reads a recipe's file with everything that it extends, then profiles, then the overrides, then the references.
///
/// - Parameters:
///   - path: the file, relative to the working directory.
///   - profiles: names of changes that the recipe keeps under `profiles`, in the order in which they are made.
///   - overrides: `trainer.max_epochs=3`, `callbacks+={type: EarlyStopping}`, `~loggers`; later ones win.
///   - environment: what `${env:NAME}` stands for; the process's environment unless given.
/// - Throws: everything that is wrong, at once.
public func loadRecipe(
    path: String, profiles: [String] = [], overrides: [String] = [],
    environment: (@Sendable (String) -> String?)? = nil
) throws(RecipeError) -> Recipe {
    try loadRecipe(paths: [path], profiles: profiles, overrides: overrides, environment: environment)
}

/// Reads recipes' files and lays each over those before it, as if the last one extended the others.
///
/// - Parameters:
///   - paths: the files, relative to the working directory; what a later one says wins.
///   - profiles: as for one file; profiles of the same name are laid over each other, too.
///   - overrides: as for one file.
///   - environment: as for one file.
/// - Throws: everything that is wrong, at once.
public func loadRecipe(
    paths: [String], profiles: [String] = [], overrides: [String] = [],
    environment: (@Sendable (String) -> String?)? = nil
) throws(RecipeError) -> Recipe {
    try RecipeLoading(.files(paths), profiles: profiles, overrides, environment ?? processEnvironment).whole()
}

/// Reads a recipe from its text, such as the one in a checkpoint.
///
/// - Parameters:
///   - text: the recipe in YAML.
///   - name: what messages call it, and the file that relative paths after `extends` are relative to when it has a `/`.
///   - profiles: as for a file.
///   - overrides: as for a file.
///   - environment: as for a file.
/// - Throws: everything that is wrong, at once.
public func loadRecipe(
    text: String, named name: String = "recipe", profiles: [String] = [], overrides: [String] = [],
    environment: (@Sendable (String) -> String?)? = nil
) throws(RecipeError) -> Recipe {
    try RecipeLoading(.text(text, name: name), profiles: profiles, overrides, environment ?? processEnvironment)
        .whole()
}

func processEnvironment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
