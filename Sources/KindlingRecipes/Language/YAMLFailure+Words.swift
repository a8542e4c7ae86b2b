// SPDX-License-Identifier: Apache-2.0

extension YAMLFailure {
    /// Where to point: what fails at the text's end is shown after the last thing in it, not on the empty line below.
    func place(in text: String) -> YAMLMark {
        var last = YAMLMark(index: 0, line: 0, column: 0)
        var (index, line, column) = (0, 0, 0)
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            if index >= mark.index { return mark }
            index += 1
            if RecipeSource.endsLine(scalar) {
                if !(scalar == "\n" && previous == "\r") { (line, column) = (line + 1, 0) }
            } else {
                column += 1
                if scalar != " " { last = YAMLMark(index: index, line: line, column: column) }
            }
            previous = scalar
        }
        return last
    }

    /// What is wrong in the reader's words, and what to say about the place where the broken thing began, if anything.
    func explained(in text: String) -> (message: String, beginning: String?) {
        let scalars = text.unicodeScalars
        let position = scalars.index(scalars.startIndex, offsetBy: mark.index, limitedBy: scalars.endIndex)
        let character = position.flatMap { $0 < scalars.endIndex ? scalars[$0] : nil }
        if character == "\t" || problem.hasPrefix("found a tab character") {
            return ("a tab cannot indent; YAML indents with spaces", nil)
        }
        let before = position.map { lastMark(in: scalars[..<$0]) } ?? nil
        switch problem {
        case "found character that cannot start any token":
            let shown = character.map { "'\($0)'" } ?? "this"
            return ("text cannot begin with \(shown); put it into quotes", nil)
        case "mapping values are not allowed in this context" where lineAboveLacksSpace(in: text):
            return ("a ':' cannot stand here; the line above needs a space after its ':'", nil)
        case "mapping values are not allowed in this context":
            return ("a ':' cannot stand here; line this key up with the others, or quote text that has a colon", nil)
        case "block sequence entries are not allowed in this context":
            return ("a list cannot begin on this line; put each '- ' on a line of its own, or write [a, b]", nil)
        case "mapping keys are not allowed in this context":
            return ("a key cannot begin here; put it on a line of its own", nil)
        case "could not find expected ':'":
            return (
                "a ':' is missing before here, or the line above was meant to go on: indent it", "the key begins here"
            )
        case "did not find expected key" where before == "\"" || before == "'":
            return ("nothing can follow the quotes that close before", nil)
        case "did not find expected ',' or ']'" where character == "{" && before == "$",
            "did not find expected ',' or '}'" where character == "{" && before == "$":
            return ("inside [ ] and { } a reference needs quotes: \"${…}\"", nil)
        case "did not find expected key": return outOfLine(character, "mapping")
        case "did not find expected '-' indicator": return outOfLine(character, "list")
        case "did not find expected ',' or ']'": return (unclosed(character, "]"), "the list begins here")
        case "did not find expected ',' or '}'": return (unclosed(character, "}"), "the mapping begins here")
        case "found unexpected end of stream", "found unexpected document indicator":
            return ("the text in quotes has no end", "the quotes open here")
        case "found unknown escape character":
            return ("double quotes do not know this '\\'; write '\\\\', or use single quotes", nil)
        case "did not find expected hexdecimal number", "found invalid Unicode character escape code":
            return ("this is no character's number; write \\xHH, \\uHHHH or \\UHHHHHHHH", nil)
        case "did not find expected alphabetic or numeric character":
            let (sign, use) = context == "while scanning an alias" ? ("*", "alias") : ("&", "anchor")
            return ("'\(sign)' begins the name of an \(use); put text that begins with '\(sign)' into quotes", nil)
        case "did not find expected node content": return ("a value is missing here", nil)
        case "did not find expected <document start>":
            return ("nothing can follow the end of the document; a recipe is one document", nil)
        case "found undefined tag handle": return ("this tag is not defined; recipes need no tags", nil)
        case "did not find expected comment or line break":
            return ("the text belongs on the lines below, indented; only a comment can stand here", nil)
        case "found incompatible YAML document": return ("this YAML version is not known; 1.1 and 1.2 are", nil)
        default: return ("this is not YAML: \(problem)\(context.map { " \($0)" } ?? "")", nil)
        }
    }

    /// Whether the line above is a key, a colon and a value without a space between them, and so is read as text.
    private func lineAboveLacksSpace(in text: String) -> Bool {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).prefix(mark.line)
        guard let above = lines.last, let colon = above.firstIndex(of: ":") else { return false }
        let (key, value) = (above[..<colon], above[above.index(after: colon)...])
        guard let next = value.first, next != " ", next != "\t", next != "/" else { return false }
        return !key.isEmpty && key.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == " " || $0 == "-" }
    }

    /// The last character of the same line that is no space.
    private func lastMark(in scalars: Substring.UnicodeScalarView) -> Unicode.Scalar? {
        let last = scalars.last { $0 != " " && $0 != "\t" }
        return last.flatMap { RecipeSource.endsLine($0) ? nil : $0 }
    }

    private func outOfLine(_ character: Unicode.Scalar?, _ kind: String) -> (String, String?) {
        switch character {
        case "]", "}", ",": ("nothing is open here that '\(character ?? " ")' could belong to", nil)
        default: ("this does not line up with the \(kind) it stands in", "the \(kind) begins here")
        }
    }

    private func unclosed(_ character: Unicode.Scalar?, _ closing: String) -> String {
        guard let character, !RecipeSource.endsLine(character) else { return "a '\(closing)' is missing" }
        if character == "]" || character == "}" { return "expected ',' or '\(closing)', found '\(character)'" }
        return "a ',' or '\(closing)' is missing before here"
    }
}
