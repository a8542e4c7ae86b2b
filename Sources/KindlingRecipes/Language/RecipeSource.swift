// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// A text that a recipe was read from: a file, an argument of the command line, a text out of a checkpoint.
public struct RecipeSource: Sendable, Hashable {
    /// How messages and origins call it: the path as it was given, or `argument 2`.
    public let name: String
    /// What is in it.
    public let text: String

    /// Names a text.
    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }

    /// A line's text without its end, or nil when there is no such line; line 0 is the whole text, for arguments.
    func line(_ number: Int) -> String? {
        guard number > 0 else { return text }
        var current = 1
        var line = String.UnicodeScalarView()
        var scalars = text.unicodeScalars.makeIterator()
        var pending = scalars.next()
        while let scalar = pending {
            pending = scalars.next()
            guard RecipeSource.endsLine(scalar) else {
                if current == number { line.append(scalar) }
                continue
            }
            if scalar == "\r", pending == "\n" { pending = scalars.next() }
            if current == number { return String(line) }
            current += 1
        }
        return current == number ? String(line) : nil
    }

    /// The line ends that YAML 1.1, and so libyaml, counts.
    static func endsLine(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": true
        default: false
        }
    }

    /// The place of the `count`th (from 0) occurrence of `${` at or after a place.
    ///
    /// References keep their spelling in every kind of scalar, so this finds a reference inside a value without knowing
    /// about quotes and block scalars. Falls back to the place itself.
    func referencePlace(_ count: Int, from origin: Origin) -> Origin {
        var place = origin
        place.line = max(origin.line, 1)
        var (line, column, seen) = (1, 1, 0)
        var previous: (scalar: Unicode.Scalar, line: Int, column: Int)?
        for scalar in text.unicodeScalars {
            if scalar == "{", let before = previous, before.scalar == "$",
                (before.line, before.column) >= (place.line, origin.column)
            {
                if seen == count {
                    return Origin(
                        source: origin.source, line: origin.line == 0 ? 0 : before.line, column: before.column)
                }
                seen += 1
            }
            let isNewLine = origin.line > 0 && RecipeSource.endsLine(scalar)
            let completesCRLF = isNewLine && scalar == "\n" && previous?.scalar == "\r"
            previous = (scalar, line, column)
            if completesCRLF { continue }
            if isNewLine { (line, column) = (line + 1, 1) } else { column += 1 }
        }
        return origin
    }
}
