// SPDX-License-Identifier: Apache-2.0

/// Pieces of a page, and of pictures in SVG.
///
/// Texts of others are escaped where they are put in, nowhere else.
package enum HTML {
    /// A text that stands for itself, in an element and in a quoted attribute.
    package static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case _ where scalar.value < 0x20 && !"\n\t".unicodeScalars.contains(scalar): result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// A part of the page under a title; nothing when it has nothing in it.
    static func section(_ title: String, _ content: String) -> String {
        content.isEmpty ? "" : "<section>\n<h2>\(escaped(title))</h2>\n\(content)\n</section>\n"
    }

    /// A table that scrolls by itself where it is too wide; its first column names the rows.
    static func table(_ header: [String], _ rows: [[String]]) -> String {
        let head = header.map { "<th scope=\"col\">\(escaped($0))</th>" }.joined()
        let body = rows.map { row in
            "<tr>"
                + row.enumerated().map { place, cell in
                    place == 0 ? "<th scope=\"row\">\(escaped(cell))</th>" : "<td>\(escaped(cell))</td>"
                }.joined() + "</tr>"
        }
        let titles = header.allSatisfy(\.isEmpty) ? "" : "<thead><tr>\(head)</tr></thead>\n"
        return "<div class=\"wide\"><table>\n\(titles)<tbody>\n\(body.joined(separator: "\n"))\n</tbody></table></div>"
    }
}
