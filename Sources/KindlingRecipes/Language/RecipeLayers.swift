// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// Reads a recipe and those that it extends, and lays them over each other.
struct RecipeLayers {
    /// What is wrong, in the order in which it was met.
    private(set) var problems: [Problem] = []
    /// The texts read, the recipe first.
    private(set) var sources: [RecipeSource] = []
    /// Whether a file or a value after `extends` is missing from what was read.
    private(set) var isIncomplete = false
    private let environment: (String) -> String?
    /// Results by file identity, so that a recipe extended along several ways is read once; nil for one that failed.
    private var finished: [String: DeclaredValue?] = [:]
    private var chain: [RecipeFile] = []

    init(environment: @escaping (String) -> String?) { self.environment = environment }

    /// The merged recipe of a file, or nil after noting why there is none.
    mutating func read(_ file: RecipeFile, askedAt origin: Origin? = nil) -> DeclaredValue? {
        let identity = file.identity
        if let known = finished[identity] { return known }
        let result: DeclaredValue?
        do throws(Problem) {
            let text = try file.read(askedAt: origin)
            chain.append(file)
            result = read(text.source, flaw: text.flaw, in: file)
            chain.removeLast()
        } catch {
            problems.append(error)
            isIncomplete = true
            result = nil
        }
        finished[identity] = .some(result)
        return result
    }

    /// The merged recipe of a text whose paths are relative to the folder of `file`, if there is one.
    mutating func read(_ source: RecipeSource, flaw: Problem?, in file: RecipeFile?) -> DeclaredValue? {
        sources.append(source)
        if let flaw { return refuse(flaw.origin, flaw.message) }
        guard source.text.utf8.count <= RecipeBudget.documentBytes else {
            return refuse(Origin(source: source.name), RecipeBudget.tooLarge)
        }
        guard let own = readYAML(source.text, .lines(source: source.name), &problems) else {
            isIncomplete = true
            return nil
        }
        guard case .mapping(let entries) = own.content else {
            let found = own.content == .null ? "this recipe is empty" : "a recipe is a mapping, found \(own.summary)"
            return refuse(own.origin, "\(found); write keys and values: 'trainer: {max_epochs: 10}'")
        }
        guard let extends = own["extends"] else { return own }
        let layers = bases(extends).map { base(at: $0, from: file) }
        let rest = DeclaredValue(.mapping(entries.filter { $0.key != "extends" }), at: own.origin)
        guard let first = layers.first else { return rest }
        let below = layers.dropFirst().reduce(first) { lower, upper in
            guard let lower, let upper else { return lower ?? upper }
            return upper.laid(over: lower)
        }
        return below.map { rest.laid(over: $0) } ?? rest
    }

    private mutating func bases(_ value: DeclaredValue) -> [DeclaredValue] {
        switch value.content {
        case .scalar: return [value]
        case .sequence(let items) where !items.isEmpty && items.count <= RecipeBudget.basesPerRecipe:
            return items.filter { item in
                if case .scalar = item.content { return true }
                _ = refuse(item.origin, "expected a path to a recipe, found \(item.summary)")
                return false
            }
        case .sequence(let items) where !items.isEmpty:
            let limit = RecipeBudget.basesPerRecipe
            _ = refuse(value.origin, "a recipe extends at most \(limit) others, found \(items.count)")
            return []
        case .null, .sequence, .mapping:
            _ = refuse(value.origin, "expected a path to a recipe or a list of them, found \(value.summary)")
            return []
        }
    }

    private mutating func base(at value: DeclaredValue, from file: RecipeFile?) -> DeclaredValue? {
        guard case .scalar(let written, _) = value.content else { return nil }
        guard let path = expanded(written, at: value.origin) else { return nil }
        guard path.hasPrefix("/") || file != nil else {
            return refuse(value.origin, "this recipe has no file that '\(path)' could be relative to; give a full path")
        }
        let base = file?.relative(path) ?? RecipeFile(path: path)
        let identity = base.identity
        if let start = chain.firstIndex(where: { $0.identity == identity }) {
            let names = (chain[start...] + [base]).map { "'\($0.path)'" }
            let circle = "\(names[0]) extends \(names.dropFirst().joined(separator: ", which extends "))"
            return refuse(value.origin, "recipes extend each other in a circle: \(circle)")
        }
        guard chain.count < RecipeBudget.extendsDepth else {
            return refuse(value.origin, "recipes extend each other more than \(RecipeBudget.extendsDepth) deep")
        }
        return read(base, askedAt: value.origin)
    }

    /// A path with its environment variables put in; there is no recipe yet that other references could mean.
    private mutating func expanded(_ written: String, at origin: Origin) -> String? {
        var path = ""
        var isComplete = true
        for piece in ReferenceText(written).pieces {
            switch piece {
            case .text(let text): path += text
            case .reference(let body, _):
                do throws(ReferenceFailure) {
                    guard case .environment(let name, let fallback) = try Reference(body) else {
                        throw ReferenceFailure("'extends' knows only environment variables: ${env:NAME}")
                    }
                    guard let value = environment(name) ?? fallback else { throw .unset(name) }
                    path += value
                } catch {
                    _ = refuse(origin, error.message)
                    isComplete = false
                }
            case .unclosed:
                _ = refuse(origin, ReferenceFailure.unclosed.message)
                isComplete = false
            }
        }
        return isComplete ? path : nil
    }

    private mutating func refuse(_ origin: Origin, _ message: String) -> DeclaredValue? {
        problems.append(Problem(at: origin, message))
        isIncomplete = true
        return nil
    }
}
