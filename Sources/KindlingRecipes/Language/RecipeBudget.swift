// SPDX-License-Identifier: Apache-2.0

/// What a recipe may cost to read, far above what people write and far below what would hurt.
///
/// A recipe can come from anywhere, and libyaml 0.2.5 itself sets no limit on depth, aliases or scalars.
enum RecipeBudget {
    /// Bytes of one file.
    static let documentBytes = 4 << 20
    /// What to say about more.
    static let tooLarge = "this is larger than \(documentBytes >> 20) MiB, too large for a recipe"
    /// Mappings and lists inside each other, after aliases, `extends` and references.
    static let depth = 64
    /// Values in a recipe, after aliases, `extends` and references.
    static let nodes = 200_000
    /// Bytes of one scalar.
    static let scalarBytes = 1 << 20
    /// Characters of a key; libyaml's own limit for keys without `?` is 1024.
    static let keyCharacters = 256
    /// Recipes that extend each other in a chain.
    static let extendsDepth = 16
    /// Recipes that one recipe extends directly.
    static let basesPerRecipe = 32
    /// Profiles of a recipe; `kindling check` reads the recipe once with each.
    static let profiles = 64
    /// References that lead to each other in a chain.
    static let referenceDepth = 32
    /// Mistakes after which reading stops: the cost of finding a nearest name and a place for each adds up.
    static let problems = 100
    /// Names among which a nearest one is looked for.
    static let candidates = 1000
    /// Keys that following all references may pass by.
    static let keysPassed = 20_000_000
    /// Bytes that references put together inside scalars, over the whole recipe.
    static let interpolatedBytes = 16 << 20
}
