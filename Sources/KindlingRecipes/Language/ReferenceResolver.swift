// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// Puts values in the place of `${…}`, and holds the whole recipe against the budget.
struct ReferenceResolver {
    /// What is wrong, in the order in which it was met.
    private(set) var problems: [Problem] = []
    private let root: DeclaredValue
    private let sources: [RecipeSource]
    private let environment: (String) -> String?
    private var finished: [RecipePath: SizedValue] = [:]
    private var underWay: [RecipePath] = []
    private var interpolatedBytes = 0
    private var keysPassed = 0

    init(_ root: DeclaredValue, sources: [RecipeSource], environment: @escaping (String) -> String?) {
        self.root = root
        self.sources = sources
        self.environment = environment
    }

    /// The recipe without references, or nil when it outgrows the budget.
    mutating func resolve() -> DeclaredValue? {
        do throws(Problem) {
            let whole = try resolve(root)
            try holdAgainstFileSize(whole)
            return whole.value
        } catch {
            problems.append(error)
            return nil
        }
    }

    /// Refuses what could be written out for a run's folder, but not read again.
    private func holdAgainstFileSize(_ whole: SizedValue) throws(Problem) {
        // Only many values, or long texts put together, can make so much of files that are not that large themselves.
        guard whole.nodes > 10_000 || interpolatedBytes > 1 << 20 else { return }
        let text = YAMLRenderer(escapingReferences: true).text(of: whole.value)
        guard text.utf8.count > RecipeBudget.documentBytes else { return }
        let limit = RecipeBudget.documentBytes >> 20
        throw Problem(
            at: root.origin, "written out, with aliases and references put in, this is larger than \(limit) MiB")
    }

    private mutating func resolve(_ value: DeclaredValue) throws(Problem) -> SizedValue {
        switch value.content {
        case .null: return SizedValue(value: value, nodes: 1, height: 0)
        case .scalar(let text, let quoted):
            if problems.count >= RecipeBudget.problems { throw Problem.tooMany(value.origin) }
            guard text.utf8.contains(UInt8(ascii: "$")) else { return SizedValue(value: value, nodes: 1, height: 0) }
            return try resolve(ReferenceText(text), quoted: quoted, in: value)
        case .sequence(let items):
            var size = (nodes: 1, height: 1)
            var resolved: [DeclaredValue] = []
            resolved.reserveCapacity(items.count)
            for item in items { resolved.append(try add(item, to: &size)) }
            return SizedValue(
                value: DeclaredValue(.sequence(resolved), at: value.origin), nodes: size.nodes, height: size.height)
        case .mapping(var entries):
            var size = (nodes: 1, height: 1)
            for index in entries.indices { entries[index].value = try add(entries[index].value, to: &size) }
            return SizedValue(
                value: DeclaredValue(.mapping(entries), at: value.origin), nodes: size.nodes, height: size.height)
        }
    }

    private mutating func add(
        _ part: DeclaredValue, to size: inout (nodes: Int, height: Int)
    ) throws(Problem) -> DeclaredValue {
        let resolved = try resolve(part)
        size.nodes += resolved.nodes
        size.height = max(size.height, resolved.height + 1)
        if size.nodes > RecipeBudget.nodes {
            throw Problem(
                at: part.origin, "this recipe holds more than \(RecipeBudget.nodes) values, references counted out")
        }
        if size.height > RecipeBudget.depth {
            throw Problem(at: part.origin, "this is nested deeper than \(RecipeBudget.depth) levels")
        }
        return resolved.value
    }

    private mutating func resolve(
        _ text: ReferenceText, quoted: Bool, in value: DeclaredValue
    ) throws(Problem) -> SizedValue {
        if let (body, number) = text.whole {
            guard let target = try target(of: body, number, in: value) else {
                return SizedValue(value: value, nodes: 1, height: 0)
            }
            // A wrong value is shown where the recipe asks for it; what is inside keeps its own places.
            return SizedValue(
                value: DeclaredValue(target.value.content, at: value.origin), nodes: target.nodes,
                height: target.height)
        }
        var result = ""
        var isComplete = true
        for piece in text.pieces {
            switch piece {
            case .text(let literal): result += literal
            case .unclosed(let number):
                report(ReferenceFailure.unclosed, number, in: value)
                isComplete = false
            case .reference(let body, let number):
                guard let target = try target(of: body, number, in: value) else {
                    isComplete = false
                    continue
                }
                guard case .scalar(let part, _) = target.value.content else {
                    let what = "'\(body)' is \(target.value.summary): no part of a text"
                    report(ReferenceFailure(what), number, in: value)
                    isComplete = false
                    continue
                }
                result += part
                try countText(part.utf8.count, of: result, at: value.origin)
            }
        }
        guard isComplete else { return SizedValue(value: value, nodes: 1, height: 0) }
        let content: DeclaredValue.Content = quoted ? .scalar(result, quoted: true) : ReferenceResolver.plain(result)
        return SizedValue(value: DeclaredValue(content, at: value.origin), nodes: 1, height: 0)
    }

    private mutating func countText(_ bytes: Int, of result: String, at origin: Origin) throws(Problem) {
        interpolatedBytes += bytes
        if interpolatedBytes > RecipeBudget.interpolatedBytes || result.utf8.count > RecipeBudget.scalarBytes {
            throw Problem(at: origin, "references make this text longer than \(RecipeBudget.scalarBytes >> 20) MiB")
        }
    }

    /// What a reference stands for, or nil after noting why it stands for nothing.
    private mutating func target(
        of body: String, _ number: Int, in value: DeclaredValue
    ) throws(Problem) -> SizedValue? {
        let reference: Reference
        do throws(ReferenceFailure) { reference = try Reference(body) } catch {
            report(error, number, in: value)
            return nil
        }
        switch reference {
        case .environment(let name, let fallback):
            guard let text = environment(name) ?? fallback else {
                report(.unset(name), number, in: value)
                return nil
            }
            let content = ReferenceResolver.plain(text)
            return SizedValue(value: DeclaredValue(content, at: value.origin), nodes: 1, height: 0)
        case .path(let path):
            if let known = finished[path] { return known }
            return try follow(path, number, in: value)
        }
    }

    private mutating func follow(
        _ path: RecipePath, _ number: Int, in value: DeclaredValue
    ) throws(Problem) -> SizedValue? {
        if let start = underWay.firstIndex(of: path) {
            let circle = (underWay[start...] + [path]).map(\.text).joined(separator: " → ")
            report(ReferenceFailure("references lead in a circle: \(circle)"), number, in: value)
            return nil
        }
        if underWay.count >= RecipeBudget.referenceDepth {
            throw Problem(at: value.origin, "references lead to references more than \(underWay.count) deep")
        }
        underWay.append(path)
        defer { underWay.removeLast() }
        guard let found = try find(path, number, in: value) else { return nil }
        let result = try resolve(found)
        finished[path] = result
        return result
    }

    /// What stands at a path, with references on the way followed, or nil after noting where the path ends.
    private mutating func find(
        _ path: RecipePath, _ number: Int, in value: DeclaredValue
    ) throws(Problem) -> DeclaredValue? {
        var current = root
        for (index, step) in path.steps.enumerated() {
            if case .scalar(let text, _) = current.content, let inner = ReferenceText(text).whole {
                guard let target = try target(of: inner.body, inner.number, in: current) else { return nil }
                current = target.value
            }
            switch current.content {
            case .mapping(let entries):
                keysPassed += entries.count
                if keysPassed > RecipeBudget.keysPassed {
                    throw Problem(at: value.origin, "the references of this recipe take too long to follow")
                }
                guard let next = current[step.text] else {
                    report(ReferenceFailure(path.absent(index, among: entries.map(\.key)).message), number, in: value)
                    return nil
                }
                current = next
            case .sequence(let items):
                do throws(RecipePathFailure) { current = items[try path.index(index, in: items).get()] } catch {
                    report(ReferenceFailure(error.message), number, in: value)
                    return nil
                }
            case .null, .scalar:
                let what = "\(path.owner(ofStep: index)) is \(current.summary): it has no '\(step.text)'"
                report(ReferenceFailure(what), number, in: value)
                return nil
            }
        }
        return current
    }

    /// What text is when it stands without quotes; text that could not stand so is text.
    private static func plain(_ text: String) -> DeclaredValue.Content {
        if PlainText.meaning(of: text) == .null { return .null }
        return .scalar(text, quoted: !PlainText.isPossible(text))
    }

    private mutating func report(_ failure: ReferenceFailure, _ number: Int, in value: DeclaredValue) {
        let source = sources.first { $0.name == value.origin.source }
        let place = source?.referencePlace(number, from: value.origin) ?? value.origin
        let problem = Problem(at: place, failure.message)
        // A value that several references lead to is read once for each.
        if !problems.contains(problem) { problems.append(problem) }
    }
}
