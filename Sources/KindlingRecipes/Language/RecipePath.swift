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
        var offset = 0
        for part in text.split(separator: ".", omittingEmptySubsequences: false) {
            if part.isEmpty { throw Malformed(message: "a key is missing here", offset: offset) }
            if let space = part.unicodeScalars.firstIndex(where: { $0.properties.isWhitespace }) {
                let place = part.unicodeScalars.distance(from: part.unicodeScalars.startIndex, to: space)
                throw Malformed(message: "a path has no spaces: write a.b.c", offset: offset + place)
            }
            steps.append(Step(text: String(part), offset: offset))
            offset += part.unicodeScalars.count + 1
        }
        if steps.count > RecipeBudget.depth {
            throw Malformed(message: "this path is longer than \(RecipeBudget.depth) keys", offset: 0)
        }
        self.steps = steps
    }

    /// The path's first steps as a text.
    func text(upTo count: Int) -> String { steps[..<count].map(\.text).joined(separator: ".") }

    /// The whole path.
    var text: String { text(upTo: steps.count) }

    /// The way to a mapping or list in words: `'trainer'`, or `the recipe` for the root.
    func owner(ofStep index: Int) -> String { index == 0 ? "the recipe" : "'\(text(upTo: index))'" }

    /// The index into a list of `count` items that a step spells, or the reason why it spells none.
    func index(_ step: Int, in count: Int) -> Result<Int, RecipePathFailure> {
        let list = owner(ofStep: step)
        let range = count == 0 ? "is empty" : count == 1 ? "has one item, 0" : "has the items 0 to \(count - 1)"
        guard let index = NumberText.int(steps[step].text), index >= 0 else {
            return .failure(RecipePathFailure(message: "\(list) is a list: it \(range), not '\(steps[step].text)'"))
        }
        guard index < count else {
            return .failure(RecipePathFailure(message: "there is no '\(text(upTo: step + 1))': the list \(range)"))
        }
        return .success(index)
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
