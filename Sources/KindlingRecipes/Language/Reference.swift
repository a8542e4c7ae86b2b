// SPDX-License-Identifier: Apache-2.0

/// A scalar's text taken apart: literal text, where `$${` is a literal `${`, and `${…}` references.
struct ReferenceText {
    enum Piece: Hashable {
        case text(String)
        /// What stands between the braces, and the how many-eth `${` of the text it is.
        case reference(String, number: Int)
        /// A `${` without a `}`.
        case unclosed(number: Int)
    }

    let pieces: [Piece]

    init(_ text: String) {
        var pieces: [Piece] = []
        var literal = ""
        var number = 0
        var rest = text[...]
        while let dollar = rest.utf8.firstIndex(of: UInt8(ascii: "$")) {
            literal += rest[..<dollar]
            rest = rest[dollar...]
            if rest.utf8.starts(with: "$${".utf8) {
                literal += "${"
                rest = rest.dropped(3)
                number += 1
            } else if rest.utf8.starts(with: "${".utf8) {
                if !literal.isEmpty { pieces.append(.text(literal)) }
                literal = ""
                guard let end = rest.utf8.firstIndex(of: UInt8(ascii: "}")) else {
                    self.pieces = pieces + [.unclosed(number: number)]
                    return
                }
                pieces.append(.reference(String(rest.dropped(2)[..<end]), number: number))
                rest = rest[rest.utf8.index(after: end)...]
                number += 1
            } else {
                literal += "$"
                rest = rest.dropped(1)
            }
        }
        literal += rest
        if !literal.isEmpty { pieces.append(.text(literal)) }
        self.pieces = pieces
    }

    /// A literal text spelt so that reading it gives the text back.
    static func escaped(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
        var result = ""
        var rest = text[...]
        while let dollar = rest.utf8.firstIndex(of: UInt8(ascii: "$")) {
            result += rest[..<dollar]
            rest = rest[dollar...]
            result += rest.utf8.starts(with: "${".utf8) ? "$$" : "$"
            rest = rest.dropped(1)
        }
        return result + rest
    }

    /// The one reference that the text is, or nil when there is text around it or more than one.
    var whole: (body: String, number: Int)? {
        guard pieces.count == 1, case .reference(let body, let number) = pieces[0] else { return nil }
        return (body, number)
    }
}

extension Substring {
    /// The text without its first ASCII characters; `dropFirst` would take a combining mark after them along.
    fileprivate func dropped(_ count: Int) -> Substring { self[utf8.index(startIndex, offsetBy: count)...] }
}

/// What a reference means.
enum Reference {
    /// Another value of the recipe.
    case path(RecipePath)
    /// An environment variable, with the text to take when it is not set.
    case environment(name: String, fallback: String?)

    init(_ body: String) throws(ReferenceFailure) {
        if body.utf8.contains(UInt8(ascii: "{")) {
            throw ReferenceFailure("a reference cannot stand inside a reference")
        }
        if RecipeChoice.isChoice(body) {
            throw ReferenceFailure("this value is left open for 'kindling tune'; to do without, give one: key=value")
        }
        if body.utf8.starts(with: "env:".utf8) {
            let rest = body[...].dropped(4)
            let name = rest[..<(rest.utf8.firstIndex(of: UInt8(ascii: ":")) ?? rest.endIndex)]
            guard let first = name.utf8.first, !(0x30...0x39).contains(first),
                name.utf8.allSatisfy({ $0 == 0x5F || (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF) })
            else {
                throw ReferenceFailure("'\(name)' is no name of an environment variable; write ${env:NAME}")
            }
            let fallback = rest[name.endIndex...]
            self = .environment(name: String(name), fallback: fallback.isEmpty ? nil : String(fallback.dropped(1)))
            return
        }
        do throws(RecipePath.Malformed) { self = .path(try RecipePath(body)) } catch {
            let what = body.isEmpty ? "the reference is empty; write ${a.b.c}" : "'${\(body)}': \(error.message)"
            throw ReferenceFailure(what)
        }
    }
}

/// Why a reference has no value.
struct ReferenceFailure: Error {
    let message: String

    init(_ message: String) { self.message = message }

    static let unclosed = ReferenceFailure("this reference has no '}'; for the characters themselves write '$${'")

    static func unset(_ name: String) -> ReferenceFailure {
        ReferenceFailure(
            "the environment variable '\(name)' is not set; set it, or give a default: ${env:\(name):default}")
    }
}
