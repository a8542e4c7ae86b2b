// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// A change to a recipe from the command line: `trainer.max_epochs=3`, `callbacks+={type: EarlyStopping}`, `~loggers`.
struct RecipeOverride {
    enum Action {
        /// Puts a value in the place of what was there.
        case set(DeclaredValue)
        /// Adds a value, or a list's values, to a list.
        case append(DeclaredValue)
        /// Takes a key or an item away.
        case delete
    }

    let source: RecipeSource
    let action: Action
    let path: RecipePath
    private let pathStart: Int

    /// Reads an argument, or notes why it is no override; `number` counts from 1.
    init?(_ argument: String, number: Int, _ problems: inout [Problem]) {
        source = RecipeSource(name: RecipeOverride.name(number), text: argument)
        let known = problems.count
        do throws(Problem) {
            (action, path, pathStart) = try RecipeOverride.parse(source, &problems)
        } catch {
            problems.append(error)
            return nil
        }
        // A value with a mistake has been noted, and changes nothing.
        if problems.count > known { return nil }
    }

    /// How messages call an argument.
    static func name(_ number: Int) -> String { "argument \(number)" }

    /// The place of a step of the path.
    func origin(ofStep step: Int) -> Origin {
        RecipeOverride.origin(source, pathStart + path.steps[step].offset)
    }

    private static func origin(_ source: RecipeSource, _ offset: Int) -> Origin {
        Origin(source: source.name, line: 0, column: offset + 1)
    }

    private static func parse(
        _ source: RecipeSource, _ problems: inout [Problem]
    ) throws(Problem) -> (Action, RecipePath, Int) {
        let text = source.text
        if let flaw = EncodingCheck.firstFlaw(in: Array(text.utf8)) {
            throw Problem(at: origin(source, flaw.index), flaw.message)
        }
        if text.utf8.first == UInt8(ascii: "~") {
            let scalars = text.unicodeScalars
            if let equals = RecipePath.equals(in: text) {
                let offset = scalars.distance(from: scalars.startIndex, to: equals)
                let way = "taking away needs no value; write \(text[..<equals])"
                throw Problem(at: origin(source, offset), way)
            }
            return (.delete, try path(text.dropFirst(), in: source, from: 1), 1)
        }
        let scalars = text.unicodeScalars
        guard let equals = RecipePath.equals(in: text) else {
            throw Problem(
                at: origin(source, 0), "this changes nothing; write key=value, key+=value to add to a list, or ~key")
        }
        let valueStart = scalars.index(after: equals)
        let offset = scalars.distance(from: scalars.startIndex, to: valueStart)
        var key = text[..<equals]
        let isAppending = key.utf8.last == UInt8(ascii: "+")
        if isAppending { key = text[..<text.utf8.index(before: equals)] }
        if key.utf8.first == UInt8(ascii: "-") {
            throw Problem(at: origin(source, 0), "an override has no dashes before the key: write key=value")
        }
        let path = try path(key, in: source, from: 0)
        let placing = YAMLPlacing.characters(source: source.name, from: offset)
        let value =
            readYAML(String(text[valueStart...]), placing, &problems)
            ?? DeclaredValue(.null, at: origin(source, offset))
        return (isAppending ? .append(value) : .set(value), path, 0)
    }

    private static func path(
        _ text: Substring, in source: RecipeSource, from start: Int
    ) throws(Problem) -> RecipePath {
        let path: RecipePath
        do throws(RecipePath.Malformed) { path = try RecipePath(text) } catch {
            throw Problem(at: origin(source, start + error.offset), error.message)
        }
        switch path.steps[0].text {
        case "extends":
            throw Problem(at: origin(source, start), "'extends' belongs in the recipe's file, not on the command line")
        case "profiles":
            throw Problem(
                at: origin(source, start), "profiles are chosen before arguments are applied; use --profile NAME")
        default: return path
        }
    }
}
