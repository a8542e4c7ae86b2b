// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

extension RecipeOverride {
    /// The recipe with this change.
    func applied(to recipe: DeclaredValue) throws(Problem) -> DeclaredValue { try change(recipe, step: 0) }

    /// A value on the way with the rest of the way changed.
    private func change(_ value: DeclaredValue, step: Int) throws(Problem) -> DeclaredValue {
        if step == path.steps.count { return try changedTarget(value) }
        // A component given by its name alone gets its fields here.
        var value = if case .delete = action { value } else { value.inFull }
        switch value.content {
        case .mapping(let entries): value.content = .mapping(try change(entries, step: step))
        case .sequence(let items): value.content = .sequence(try change(items, step: step))
        case .null: value.content = .mapping(try change([DeclaredValue.Entry](), step: step))
        case .scalar:
            throw Problem(
                at: origin(ofStep: step),
                "\(path.owner(ofStep: step)) is \(value.summary): it has no '\(path.steps[step].text)'",
                notes: [Problem.Note(at: value.origin, "it is set here")])
        }
        return value
    }

    private func change(_ entries: [DeclaredValue.Entry], step: Int) throws(Problem) -> [DeclaredValue.Entry] {
        var entries = entries
        let key = path.steps[step].text
        let isLast = step == path.steps.count - 1
        guard let place = entries.firstIndex(where: { $0.key == key }) else {
            // Only taking away needs something that is there; other keys are made, and judged by who reads them.
            if case .delete = action {
                throw Problem(at: origin(ofStep: step), path.absent(step, among: entries.map(\.key)).message)
            }
            let none = DeclaredValue(.null, at: origin(ofStep: step))
            let value = try change(none, step: step + 1)
            entries.append(DeclaredValue.Entry(key: key, keyOrigin: origin(ofStep: step), value: value))
            return entries
        }
        if isLast, case .delete = action {
            entries.remove(at: place)
            return entries
        }
        entries[place].value = try change(entries[place].value, step: step + 1)
        if isLast { entries[place].keyOrigin = origin(ofStep: step) }
        return entries
    }

    private func change(_ items: [DeclaredValue], step: Int) throws(Problem) -> [DeclaredValue] {
        var items = items
        let index: Int
        do throws(RecipePathFailure) { index = try path.index(step, in: items).get() } catch {
            throw Problem(at: origin(ofStep: step), error.message)
        }
        if step == path.steps.count - 1, case .delete = action {
            items.remove(at: index)
        } else {
            items[index] = try change(items[index], step: step + 1)
        }
        return items
    }

    private func changedTarget(_ old: DeclaredValue) throws(Problem) -> DeclaredValue {
        switch action {
        case .set(let new): return new
        case .append(let new):
            let added: [DeclaredValue] = if case .sequence(let items) = new.content { items } else { [new] }
            switch old.content {
            case .null: return DeclaredValue(.sequence(added), at: new.origin)
            case .sequence(let items): return DeclaredValue(.sequence(items + added), at: old.origin)
            case .scalar, .mapping:
                throw Problem(
                    at: origin(ofStep: path.steps.count - 1),
                    "'\(path.text)' is \(old.summary), not a list; write \(path.text)=… to replace it",
                    notes: [Problem.Note(at: old.origin, "it is set here")])
            }
        case .delete: return old
        }
    }
}
