// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// What a template's `{{…}}` stand for.
struct ProjectAnswers {
    private let values: [(key: String, value: String)]

    /// - Throws: when the folder's last part is no name for a Swift package.
    init(folder: String) throws(ScaffoldError) {
        let name = folder.split(separator: "/").last.map(String.init) ?? ""
        let allowed = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        guard allowed, let first = name.first, first.isLetter else {
            throw ScaffoldError(
                what: "'\(name)' is no name for a project",
                remedy: "begin with a letter and use letters, digits, '-' and '_' only")
        }
        let words = name.split(whereSeparator: { $0 == "-" || $0 == "_" })
        let type = words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        values = [("name", name), ("module", type), ("kindling", TemplateFolders.checkout)]
    }

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
