// SPDX-License-Identifier: Apache-2.0

/// A value as somebody wrote it, in a recipe or on the command line, with the place where it stands.
///
/// Scalars stay text until a field says what they are: `no` is a string where a string is wanted, and `1e-3` a number
/// where a number is.
public struct DeclaredValue: Sendable, Hashable {
    /// What kind of value, and what is in it.
    public enum Content: Sendable, Hashable {
        /// Nothing: `null`, `~` or an empty value.
        case null
        /// Text. `quoted` when it stood in quotes, and so is a string whatever it looks like.
        case scalar(String, quoted: Bool)
        /// A list.
        case sequence([DeclaredValue])
        /// Keys and their values, in the order in which they were written.
        case mapping([Entry])
    }

    /// One key of a mapping and its value.
    public struct Entry: Sendable, Hashable {
        /// The key.
        public var key: String
        /// Where the key stands.
        public var keyOrigin: Origin
        /// The value.
        public var value: DeclaredValue

        /// Pairs a key with a value.
        public init(key: String, keyOrigin: Origin, value: DeclaredValue) {
            self.key = key
            self.keyOrigin = keyOrigin
            self.value = value
        }
    }

    /// What was written.
    public var content: Content
    /// Where it was written.
    public var origin: Origin

    /// Puts content and place together.
    public init(_ content: Content, at origin: Origin) {
        self.content = content
        self.origin = origin
    }

    /// The value under a key, when this is a mapping that has it.
    public subscript(key: String) -> DeclaredValue? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.key == key }?.value
    }

    /// What it is, in words: `a list`, `the text "fast"`.
    public var summary: String {
        switch content {
        case .null: "nothing"
        case .scalar(let text, let quoted):
            quoted ? "the string \"\(DeclaredValue.excerpt(text))\"" : "'\(DeclaredValue.excerpt(text))'"
        case .sequence(let items): items.isEmpty ? "an empty list" : "a list of \(items.count)"
        case .mapping: "a mapping"
        }
    }

    /// The beginning of a text, so that a page in the wrong place does not become the message.
    private static func excerpt(_ text: String) -> String {
        text.unicodeScalars.count <= 60 ? text : "\(String(String.UnicodeScalarView(text.unicodeScalars.prefix(57))))…"
    }
}

/// The place where a value was written.
public struct Origin: Sendable, Hashable, CustomStringConvertible {
    /// The file, `command line` for an override, or a word for something built in.
    public var source: String
    /// The line, from 1; 0 where there are no lines.
    public var line: Int
    /// The column, from 1, in characters; 0 where there are none.
    public var column: Int

    /// Names a place.
    public init(source: String, line: Int = 0, column: Int = 0) {
        self.source = source
        self.line = line
        self.column = column
    }

    /// A value that nobody wrote: a default.
    public static let builtIn = Origin(source: "default")

    /// `recipes/iris.yaml:12:5`.
    public var description: String { line > 0 ? "\(source):\(line):\(column)" : source }
}
