// SPDX-License-Identifier: Apache-2.0

/// Numbers with names for rows and columns as a table in Markdown.
enum MarkdownTable {
    static func text(rows: [String], columns: [String], values: [[Double]]) -> String {
        let head = [""] + columns.map(escaped)
        let body = zip(rows, values).map { name, row in [escaped(name)] + row.map(scaleText) }
        let rule = ["---"] + columns.map { _ in "---:" }
        return ([head, rule] + body).map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
    }

    /// A name that divides no cells.
    private static func escaped(_ text: String) -> String { text.map { $0 == "|" ? "\\|" : String($0) }.joined() }
}
