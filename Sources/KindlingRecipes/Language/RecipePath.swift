// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// A way through a recipe, as overrides and references write it: `callbacks.0.patience`.
struct RecipePath: Hashable {
    /// One key or list index.
    struct Step: Hashable {
        let text: String
        /// Where it begins in the path, in characters.
        let offset: Int

        static func == (a: Step, b: Step) -> Bool { a.text == b.text }
        func hash(into hasher: inout Hasher) { hasher.combine(text) }
    }

    /// Why a text is no path, and where in it, in characters.
    struct Malformed: Error {
        let message: String
        let offset: Int
    }

    let steps: [Step]

    init(_ text: some StringProtocol) throws(Malformed) {
        var steps: [Step] = []
        var rest = Array(text.unicodeScalars)[...]
        while true {
            let offset = rest.startIndex
            let key = try RecipePath.key(&rest)
            if key.unicodeScalars.count > RecipeBudget.keyCharacters {
                let message = "this key is longer than \(RecipeBudget.keyCharacters) characters"
                throw Malformed(message: message, offset: offset)
            }
            steps.append(Step(text: key, offset: offset))
            guard let next = rest.first else { break }
            guard next == "." else {
                throw Malformed(message: "a '.' is missing after the quotes", offset: rest.startIndex)
            }
            rest.removeFirst()
        }
        if steps.count > RecipeBudget.depth {
            throw Malformed(message: "this path is longer than \(RecipeBudget.depth) keys", offset: 0)
        }
        self.steps = steps
    }

    /// Takes a key from the front: up to the next '.', or, in quotes, whatever stands between them.
    private static func key(_ rest: inout ArraySlice<Unicode.Scalar>) throws(Malformed) -> String {
        let start = rest.startIndex
        if let quote = rest.first, quote == "\"" || quote == "'" {
            guard let end = rest.dropFirst().firstIndex(of: quote) else {
                throw Malformed(message: "the quotes that open here have no end", offset: start)
            }
            let key = String(String.UnicodeScalarView(rest[(start + 1)..<end]))
            rest = rest[(end + 1)...]
            if key.isEmpty { throw Malformed(message: "a key is missing here", offset: start) }
            return key
        }
        let part = rest.prefix { $0 != "." }
        rest = rest[part.endIndex...]
        if part.isEmpty { throw Malformed(message: "a key is missing here", offset: start) }
        if let space = part.firstIndex(where: { $0.properties.isWhitespace }) {
            let way = "a path has no spaces: write a.b.c, and put a key with a space into quotes"
            throw Malformed(message: way, offset: space)
        }
        return String(String.UnicodeScalarView(part))
    }

    /// The first '=' of an argument that is not inside a key's quotes, or nil.
    static func equals(in text: String) -> String.UnicodeScalarView.Index? {
        var quote: Unicode.Scalar?
        var isAtStart = true
        for (index, scalar) in zip(text.unicodeScalars.indices, text.unicodeScalars) {
            if let open = quote {
                if scalar == open { quote = nil }
            } else if scalar == "=" {
                return index
            } else if isAtStart, scalar == "\"" || scalar == "'" {
                quote = scalar
            }
            isAtStart = quote == nil && scalar == "."
        }
        // Quotes that never close are no quotes, so that what is wrong can be said of the key alone.
        return quote == nil ? nil : text.unicodeScalars.firstIndex(of: "=")
    }

    /// The path's first steps as a text, as it would have to be written.
    func text(upTo count: Int) -> String {
        steps[..<count].map { RecipePath.spelling(of: $0.text) }.joined(separator: ".")
    }

    /// A key as a path spells it: in quotes where it would be taken apart without them.
    static func spelling(of key: String) -> String {
        let isPlain = key.unicodeScalars.allSatisfy {
            $0 != "." && $0 != "=" && $0 != "\"" && $0 != "'" && $0 != "}" && !$0.properties.isWhitespace
        }
        if isPlain { return key }
        return key.unicodeScalars.contains("\"") ? "'\(key)'" : "\"\(key)\""
    }

    /// The whole path.
    var text: String { text(upTo: steps.count) }

    /// The way to a mapping or list in words: `'trainer'`, or `the recipe` for the root.
    func owner(ofStep index: Int) -> String { index == 0 ? "the recipe" : "'\(text(upTo: index))'" }

    /// The index into a list that a step spells, or the reason why it spells none: `callbacks.0`, or, where one item is
    /// a component of this type, `callbacks.EarlyStopping`.
    func index(_ step: Int, in items: [DeclaredValue]) -> Result<Int, RecipePathFailure> {
        let (count, key) = (items.count, steps[step].text)
        let range = count == 0 ? "is empty" : count == 1 ? "has one item, 0" : "has the items 0 to \(count - 1)"
        guard let index = NumberText.int(key), index >= 0 else { return named(step, in: items, range) }
        guard index < count else {
            return .failure(RecipePathFailure(message: "there is no '\(text(upTo: step + 1))': the list \(range)"))
        }
        return .success(index)
    }

    private func named(
        _ step: Int, in items: [DeclaredValue], _ range: String
    ) -> Result<Int, RecipePathFailure> {
        let (key, list) = (steps[step].text, owner(ofStep: step))
        let types = items.prefix(RecipeBudget.candidates).map { item -> String in
            if case .scalar(let name, _)? = item.inFull["type"]?.content { name } else { "" }
        }
        let places = types.indices.filter { types[$0] == key }
        if places.count == 1 { return .success(places[0]) }
        if places.count > 1 {
            let shown = places.prefix(8).map { "\(text(upTo: step)).\($0)" }.joined(separator: ", ")
            return .failure(
                RecipePathFailure(message: "\(list) has \(places.count) of type '\(key)'; say which: \(shown)"))
        }
        var message = "\(list) is a list: it \(range), not '\(key)'"
        if let nearest = nearestName(to: key, in: types.filter { !$0.isEmpty }) {
            message += "; did you mean '\(text(upTo: step)).\(nearest)'?"
        }
        return .failure(RecipePathFailure(message: message))
    }

    /// Why a mapping has no key of a step, with the nearest one.
    func absent(_ step: Int, among keys: [String]) -> RecipePathFailure {
        var message = "there is no '\(text(upTo: step + 1))'"
        let candidates = Array(keys.prefix(RecipeBudget.candidates))
        if let nearest = nearestName(to: steps[step].text, in: candidates) {
            let prefix = step == 0 ? "" : text(upTo: step) + "."
            message += "; did you mean '\(prefix)\(nearest)'?"
        } else if keys.isEmpty {
            message += "; \(owner(ofStep: step)) is empty"
        } else {
            let shown = keys.prefix(8).joined(separator: ", ")
            message += "; \(owner(ofStep: step)) has \(shown)\(keys.count > 8 ? ", …" : "")"
        }
        return RecipePathFailure(message: message)
    }
}

/// Why a path leads nowhere.
struct RecipePathFailure: Error {
    let message: String
}
