// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// The changes that a recipe keeps under names, to be made when they are asked for.
///
///     profiles:
///       debug: {trainer: {max_epochs: 1}}
struct RecipeProfiles {
    /// The recipe without its profiles.
    let recipe: DeclaredValue
    /// Where the key `profiles` stands; nil when there are none.
    private let place: Origin?
    private let profiles: [DeclaredValue.Entry]

    /// Takes the profiles out of a merged recipe, and notes what is wrong with them.
    init(takenFrom recipe: DeclaredValue, _ problems: inout [Problem]) {
        guard case .mapping(var entries) = recipe.content,
            let index = entries.firstIndex(where: { $0.key == "profiles" })
        else {
            (self.recipe, place, profiles) = (recipe, nil, [])
            return
        }
        let entry = entries.remove(at: index)
        self.recipe = DeclaredValue(.mapping(entries), at: recipe.origin)
        place = entry.keyOrigin
        profiles = RecipeProfiles.sound(entry.value, &problems)
    }

    private static func sound(_ value: DeclaredValue, _ problems: inout [Problem]) -> [DeclaredValue.Entry] {
        switch value.content {
        case .null: return []
        case .mapping(let entries) where entries.count > RecipeBudget.profiles:
            let message = "a recipe has at most \(RecipeBudget.profiles) profiles, found \(entries.count)"
            problems.append(Problem(at: value.origin, message))
            return []
        case .mapping(let entries): return entries.filter { isSound($0, &problems) }
        case .scalar, .sequence:
            let form = "write profiles: {debug: {trainer: {max_epochs: 1}}}"
            problems.append(
                Problem(at: value.origin, "expected a mapping of profiles by name, found \(value.summary); \(form)"))
            return []
        }
    }

    private static func isSound(_ profile: DeclaredValue.Entry, _ problems: inout [Problem]) -> Bool {
        switch profile.value.content {
        case .null: return true
        case .mapping(let entries):
            var isSound = true
            for entry in entries where entry.key == "extends" || entry.key == "profiles" {
                let message = "'\(entry.key)' belongs at the top of the recipe, not inside the profile '\(profile.key)'"
                problems.append(Problem(at: entry.keyOrigin, message))
                isSound = false
            }
            return isSound
        case .scalar, .sequence:
            problems.append(
                Problem(
                    at: profile.value.origin,
                    "the profile '\(profile.key)' is a mapping of a recipe's keys, found \(profile.value.summary)"))
            return false
        }
    }

    /// The names, in the order in which they were written.
    var names: [String] { profiles.map(\.key) }

    /// The recipe with a profile laid over it, or nil after noting that there is none of this name.
    func applying(_ name: String, to recipe: DeclaredValue, _ problems: inout [Problem]) -> DeclaredValue? {
        guard let profile = profiles.first(where: { $0.key == name }) else {
            problems.append(absent(name))
            return nil
        }
        return profile.value.content == .null ? recipe : profile.value.laid(over: recipe)
    }

    /// The places of a profile's values.
    func origins(of name: String) -> Set<Origin> {
        var origins: Set<Origin> = []
        func collect(_ value: DeclaredValue) {
            origins.insert(value.origin)
            switch value.content {
            case .null, .scalar: break
            case .sequence(let items): items.forEach(collect)
            case .mapping(let entries): entries.forEach { collect($0.value) }
            }
        }
        for profile in profiles where profile.key == name { collect(profile.value) }
        return origins
    }

    private func absent(_ name: String) -> Problem {
        let origin = Origin(source: "--profile")
        guard let place, !profiles.isEmpty else {
            let way = "this recipe has no profiles; add profiles: {\(name): {…}} to it, or leave --profile out"
            return Problem(at: origin, "there is no profile '\(name)'; \(way)")
        }
        let names = names
        let nearest = nearestName(to: name, in: Array(names.prefix(RecipeBudget.candidates)))
        let way = nearest.map { "did you mean '\($0)'?" }
        let shown = names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
        return Problem(
            at: origin, "there is no profile '\(name)'; \(way ?? "there \(names.count == 1 ? "is" : "are"): \(shown)")",
            notes: [Problem.Note(at: place, "the recipe's profiles begin here")])
    }
}
