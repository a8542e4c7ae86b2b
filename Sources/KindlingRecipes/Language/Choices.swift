// SPDX-License-Identifier: Apache-2.0
internal import Glibc
public import KindlingDeclarations

/// A value that a recipe leaves open for `kindling tune`: `${choice: relu, gelu}` or `${range: 1e-4, 1e-1, log}`.
///
/// It stands alone, in quotes where YAML would read its comma or colon: `learning_rate: "${range: 1e-4, 1e-1, log}"`.
public struct RecipeChoice: Sendable, Hashable {
    /// What a value can be.
    public enum Values: Sendable, Hashable {
        /// One of some values, each as an override would spell it.
        case choice([String])
        /// A number between two, both included; where `isLogarithmic`, equal ratios are equally likely.
        case range(low: Double, high: Double, isWhole: Bool, isLogarithmic: Bool)
    }

    /// The key, as an override names it: `optimizer.learning_rate`.
    public let path: String
    /// What it can be.
    public let values: Values
    /// Where it stands.
    public let origin: Origin

    /// Whether what stands between the braces of a `${…}` leaves a value open.
    static func isChoice(_ body: String) -> Bool { body.hasPrefix("choice:") || body.hasPrefix("range:") }
}

extension RecipeChoice {
    /// The values that a recipe leaves open, in the order in which they stand.
    /// - Throws: everything that is wrong with them, at once.
    package static func all(in root: DeclaredValue, sources: [RecipeSource]) throws(RecipeError) -> [RecipeChoice] {
        var found: [RecipeChoice] = []
        var problems: [Problem] = []
        collect(root, "", &found, &problems)
        guard problems.isEmpty else { throw RecipeError(problems: problems, sources: sources) }
        return found
    }

    private static func collect(
        _ value: DeclaredValue, _ path: String, _ found: inout [RecipeChoice], _ problems: inout [Problem]
    ) {
        let stem = path.isEmpty ? "" : path + "."
        switch value.content {
        case .null: break
        case .mapping(let entries):
            for entry in entries { collect(entry.value, stem + key(entry.key), &found, &problems) }
        case .sequence(let items):
            for (index, item) in items.enumerated() { collect(item, "\(stem)\(index)", &found, &problems) }
        case .scalar(let text, _):
            let reference = ReferenceText(text)
            if let body = reference.whole?.body, isChoice(body) {
                do throws(Problem) { found.append(try RecipeChoice(path: path, body, at: value.origin)) } catch {
                    problems.append(error)
                }
            } else if reference.pieces.contains(where: {
                if case .reference(let body, _) = $0 { isChoice(body) } else { false }
            }) {
                problems.append(Problem(at: value.origin, "what is left open stands alone, without text around it"))
            }
        }
    }

    /// A key as a path spells it: in quotes where it would be read as something else.
    private static func key(_ key: String) -> String {
        let isPlain = !key.unicodeScalars.contains {
            $0.properties.isWhitespace || ".\"'=+~".unicodeScalars.contains($0)
        }
        return isPlain ? key : key.contains("\"") ? "'\(key)'" : "\"\(key)\""
    }

    private init(path: String, _ body: String, at origin: Origin) throws(Problem) {
        let kind = body.prefix { $0 != ":" }
        let items = try RecipeChoice.items(String(body.dropFirst(kind.count + 1)), at: origin)
        self.path = path
        self.origin = origin
        guard kind == "range" else {
            guard !items.isEmpty else { throw Problem(at: origin, "'${choice:}' names nothing to choose from") }
            values = .choice(items.map(\.flowText))
            return
        }
        let texts = items.map { item in if case .scalar(let text, _) = item.content { text } else { "" } }
        guard texts.count == 2 || texts.count == 3, let low = NumberText.double(texts[0]),
            let high = NumberText.double(texts[1]), low.isFinite, high.isFinite
        else { throw Problem(at: origin, "write a range as ${range: LOW, HIGH} or ${range: LOW, HIGH, log}") }
        let isLogarithmic = texts.count == 3
        if isLogarithmic, texts[2] != "log" {
            throw Problem(at: origin, "a range's third word can be 'log', found '\(texts[2])'")
        }
        guard low < high else {
            throw Problem(
                at: origin, "the range begins at \(texts[0]) and ends at \(texts[1]); write the lower end first")
        }
        guard !isLogarithmic || low > 0 else {
            throw Problem(at: origin, "a logarithmic range begins above 0, found \(texts[0])")
        }
        let isWhole = NumberText.int(texts[0]) != nil && NumberText.int(texts[1]) != nil
        values = .range(low: low, high: high, isWhole: isWhole, isLogarithmic: isLogarithmic)
    }

    private static func items(_ text: String, at origin: Origin) throws(Problem) -> [DeclaredValue] {
        var problems: [Problem] = []
        let list = readYAML("[\(text)]", .characters(source: origin.source, from: 0), &problems)
        guard problems.isEmpty, let list, case .sequence(let items) = list.content else {
            throw Problem(at: origin, "'\(text)' is no list of values; write a, b, c, with quotes where they need them")
        }
        return items
    }
}

extension RecipeChoice.Values {
    /// Values at equal distances, or equal ratios, both ends among them; a choice's own.
    ///
    /// Whole numbers that come twice come once.
    public func grid(points: Int) -> [String] {
        guard case .range(let low, let high, let isWhole, _) = self else { return choices }
        if isWhole, high - low < Double(points) { return stride(from: low, through: high, by: 1).map { "\(Int($0))" } }
        let places = points < 2 ? [0.5] : (0..<points).map { Double($0) / Double(points - 1) }
        var seen: Set<String> = []
        return places.map(value(at:)).filter { seen.insert($0).inserted }
    }

    /// The value at a place from 0 to 1, as an override spells it: real numbers with four digits that count.
    public func value(at place: Double) -> String {
        let share = min(1, max(0, place))
        switch self {
        case .choice(let items): return items[min(items.count - 1, Int(share * Double(items.count)))]
        case .range(let low, let high, let isWhole, let isLogarithmic):
            // Each whole number gets a part of equal length, the ends as well.
            if isWhole, !isLogarithmic { return "\(Int(min(high, (low + share * (high - low + 1)).rounded(.down))))" }
            let value =
                isLogarithmic ? exp(log(low) + share * (log(high) - log(low))) : low * (1 - share) + high * share
            return isWhole ? "\(Int(value.rounded()))" : RecipeChoice.Values.rounded(min(high, max(low, value)))
        }
    }

    private var choices: [String] { if case .choice(let items) = self { items } else { [] } }

    private static func rounded(_ value: Double) -> String {
        guard value != 0 else { return "0.0" }
        let scale = pow(10, 3 - floor(log10(abs(value))))
        let result = (value * scale).rounded() / scale
        return result.isFinite && result != 0 ? "\(result)" : "\(value)"
    }
}

extension DeclaredValue {
    /// The value on one line, as an override spells it.
    fileprivate var flowText: String {
        switch content {
        case .null: "null"
        case .scalar(let text, let quoted):
            !quoted && text.utf8.allSatisfy({ !",[]{}:#&*!|>'\"%@`".utf8.contains($0) })
                ? text : YAMLRenderer.inQuotes(text)
        case .sequence(let items): "[\(items.map(\.flowText).joined(separator: ", "))]"
        case .mapping(let entries):
            "{\(entries.map { "\(YAMLRenderer.inQuotes($0.key)): \($0.value.flowText)" }.joined(separator: ", "))}"
        }
    }
}
