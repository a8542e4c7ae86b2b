// SPDX-License-Identifier: Apache-2.0

extension String {
    /// The text in JSON's quotes (RFC 8259, section 7), which YAML reads too.
    ///
    /// Quotes, backslashes and control characters are escaped.
    package var inJSONQuotes: String {
        var out = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}
