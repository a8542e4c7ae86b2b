// SPDX-License-Identifier: Apache-2.0

/// What a template's `{{…}}` stand for: `{{name}}`, `{{module}}` and `{{kindling}}`, the checkout's folder.
struct ProjectAnswers {
    /// The project's name, as the folder has it.
    let name: String
    private let values: [(key: String, value: String)]

    /// - Throws: when the folder's last part is no name for a Swift package.
    init(folder: String) throws(ScaffoldError) {
        try self.init(name: folder.split(separator: "/").last.map(String.init) ?? "")
    }

    /// - Throws: when the name is none for a Swift package, or would hide a module that the project needs.
    init(name: String) throws(ScaffoldError) {
        let allowed = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        guard allowed, let first = name.first, first.isLetter, name.utf8.count <= 100 else {
            throw ScaffoldError(
                what: "'\(name)' is no name for a project",
                remedy: "begin with a letter and use at most 100 letters, digits, '-' and '_'")
        }
        let words = name.split(whereSeparator: { $0 == "-" || $0 == "_" })
        let module = words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        guard !ProjectAnswers.taken(module.lowercased()) else {
            throw ScaffoldError(
                what: "a project '\(name)' would hide the module '\(module)' that it needs itself",
                remedy: "choose another name, such as '\(name)-study'")
        }
        self.name = name
        values = [("name", name), ("module", module), ("kindling", TemplateFolders.checkout)]
    }

    /// Whether Kindling, Swift or the template's own tests have a module of that name.
    private static func taken(_ module: String) -> Bool {
        [
            "swift", "foundation", "foundationessentials", "glibc", "testing", "xctest", "dispatch", "synchronization",
            "argumentparser", "main", "test", "tests", "package",
        ].contains(module) || module.hasPrefix("kindling")
    }

    /// A text with its marks filled in.
    func fill(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
            let key = rest[open.upperBound..<close.lowerBound]
            result += rest[..<open.lowerBound]
            // What is no answer of ours stays as it is: it is the template's own text.
            result += values.first { $0.key == key }?.value ?? String(rest[open.lowerBound..<close.upperBound])
            rest = rest[close.upperBound...]
        }
        return result + rest
    }

    /// A file's contents with marks filled in; contents that are no text stay as they are.
    func fill(_ contents: [UInt8]) -> [UInt8] {
        guard let text = String(validating: contents, as: UTF8.self) else { return contents }
        return Array(fill(text).utf8)
    }
}

extension Substring {
    /// Where a text first occurs; the standard library has this only with its string processing.
    fileprivate func firstRange(of wanted: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(wanted) { return start..<index(start, offsetBy: wanted.count) }
            start = index(after: start)
        }
        return nil
    }
}
