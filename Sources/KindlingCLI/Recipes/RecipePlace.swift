// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import Kindling

/// Where a recipe is: in a file of its own, in a checkpoint, in a run's folder.
struct RecipePlace {
    /// What the recipe is in.
    enum Kind { case file, checkpoint, run }

    let path: String
    let kind: Kind
    /// Files that are laid over it.
    private let others: [String]
    /// Names of changes that the recipe keeps under `profiles`.
    private let profiles: [String]

    init(_ path: String, others: [String] = [], profiles: [String] = []) {
        self.path = path
        self.others = others
        self.profiles = profiles
        kind = path.hasSuffix(".h5") ? .checkpoint : Files.kind(path) == .folder ? .run : .file
    }

    /// The checkpoint, when the recipe is in one.
    /// - Throws: when it cannot be read.
    func checkpoint() throws -> Checkpoint? { kind == .checkpoint ? try Checkpoint(path: path) : nil }

    /// The recipe with changes to it.
    func recipe(_ overrides: [String] = []) throws -> Recipe {
        let loading = try loading(overrides)
        guard let recipe = loading.recipe, loading.problems.isEmpty else {
            throw RecipeError(problems: loading.problems, sources: loading.sources)
        }
        return recipe
    }

    /// The recipe with changes to it, and what is wrong with it.
    func loading(_ overrides: [String]) throws -> RecipeLoading {
        switch kind {
        case .file: return RecipeLoading(.files([path] + others), profiles: profiles, overrides, environment)
        case .run:
            let file = "\(path)/recipe.yaml"
            guard Files.kind(file) != nil else {
                throw UsageError(
                    what: "'\(path)' is a folder, and no run's: it has no recipe.yaml",
                    remedy: "give a recipe's file, a checkpoint or a run's folder")
            }
            return RecipeLoading(.files([file] + others), profiles: profiles, overrides, environment)
        case .checkpoint:
            guard let text = try Checkpoint(path: path).recipe else {
                throw UsageError(
                    what: "'\(path)' was written by a Swift program and carries no recipe",
                    remedy: "load it in that program: Checkpoint(path:)")
            }
            if let file = others.first {
                throw UsageError(what: "'\(file)' cannot be laid over a checkpoint's recipe", remedy: "write key=value")
            }
            return RecipeLoading(.text(text, name: "\(path):recipe"), profiles: profiles, overrides, environment)
        }
    }

    /// Whether an argument after the recipe is another file to lay over it, and no change.
    static func isFile(_ argument: String) -> Bool {
        if argument.hasSuffix(".yaml") || argument.hasSuffix(".yml") { return !argument.contains("=") }
        return false
    }

    /// The run's folder, when the recipe is in one.
    var runFolder: String? {
        switch kind {
        case .file: nil
        case .run: path
        case .checkpoint: RunFolders.directory(of: path)
        }
    }
}

/// A variable of the process's environment.
func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
