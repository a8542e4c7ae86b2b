// SPDX-License-Identifier: Apache-2.0

/// Ways out of what people write who know other formats.
enum WrittenHint {
    /// What to write instead of a value that is not of the type wanted, if that is plain to see.
    static func wayOut(of value: DeclaredValue, wanted type: FieldType) -> String? {
        switch (value.content, type) {
        case (.scalar(let text, _), .list):
            if text.utf8.first == UInt8(ascii: "-") { return "put a space after each '-'" }
            let isShort = text.utf8.count <= 40 && !text.utf8.contains(UInt8(ascii: ","))
            return isShort ? "write [\(text)]" : "write it in [ ]"
        case (.mapping, .list): return "put it in [ ], or write '- ' before it"
        case (.sequence(let items), .component) where items.count == 1: return "take it out of the list"
        case (.scalar(let text, _), _): return scalar(text)
        default: return nil
        }
    }

    private static func scalar(_ text: String) -> String? {
        guard text.utf8.count <= 100 else { return nil }
        if text.unicodeScalars.contains(where: { "“”„‟‘’‚‛«»".unicodeScalars.contains($0) }) {
            return "these quotes are for reading; write ' or \""
        }
        if text.hasPrefix("$(") || (text.hasPrefix("$") && !text.hasPrefix("${") && text.utf8.count > 1) {
            let body = text.dropFirst().filter { $0 != "(" && $0 != ")" }
            return "a reference is written ${\(body)}, an environment variable ${env:NAME}"
        }
        if let hash = text.firstIndex(of: "#"), hash > text.startIndex {
            return "a comment begins with a space before '#'"
        }
        return nil
    }

    /// A mapping for what is written like a call: `Adam(learning_rate=0.1)`.
    static func mapping(insteadOfCall text: String) -> String? {
        guard text.utf8.count <= 200, text.hasSuffix(")"), let open = text.firstIndex(of: "(") else { return nil }
        let arguments = text[text.index(after: open)...].dropLast().split(separator: ",").map { part in
            let pair = part.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " } }
            return pair.count == 2 ? "\(pair[0]): \(pair[1])" : "…"
        }
        return "write {\((["type: \(text[..<open])"] + arguments).joined(separator: ", "))}"
    }
}
