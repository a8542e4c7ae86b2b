// SPDX-License-Identifier: Apache-2.0

/// The symbols that a model knows, each under a number: from text to tokens and back.
///
/// Symbols of ``init(charactersOf:)`` are characters in the sense of Unicode's scalars, in ascending order, as Python's
/// `sorted(set(text))`.
///
///     let vocabulary = Vocabulary(charactersOf: "hello")      // e h l o
///     try vocabulary.encode("hole")                           // [1, 3, 2, 0]
///     try vocabulary.decode([1, 0])                           // "he"
public struct Vocabulary: Sendable, Hashable, Codable {
    /// The symbols; a symbol's place is its token.
    public let symbols: [String]

    /// The characters of a text.
    public init(charactersOf text: String) {
        symbols = Set(text.unicodeScalars).sorted().map { String($0) }
    }

    /// Symbols in the order given, each a character.
    /// - Throws: `DataError` for a symbol that comes twice or is not one character.
    public init(symbols: [String]) throws(DataError) {
        guard symbols.allSatisfy({ $0.unicodeScalars.count == 1 }), Set(symbols).count == symbols.count else {
            throw DataError(
                .invalidValue, "symbols of a vocabulary are single characters, each there once",
                remedy: "take the vocabulary that was saved with the model")
        }
        self.symbols = symbols
    }

    /// How many symbols there are.
    public var count: Int { symbols.count }

    /// The tokens of a text.
    /// - Throws: `DataError` naming the first character that is not known, and where it is.
    public func encode(_ text: String) throws(DataError) -> [Int] {
        let tokens = tokenOfScalar
        var result: [Int] = []
        result.reserveCapacity(text.utf8.count)
        for (place, scalar) in text.unicodeScalars.enumerated() {
            guard let token = tokens[scalar] else {
                throw DataError(
                    .invalidValue,
                    "character \(place + 1), \(Vocabulary.shown(scalar)), is not one of the \(count) known",
                    remedy:
                        "write with these: \(symbols.map { Vocabulary.shown(Unicode.Scalar($0)) }.joined(separator: " "))"
                )
            }
            result.append(token)
        }
        return result
    }

    /// The text of tokens.
    /// - Throws: `DataError` naming a token that there is not.
    public func decode(_ tokens: [Int]) throws(DataError) -> String {
        if let bad = tokens.first(where: { !symbols.indices.contains($0) }) {
            throw DataError(
                .indexOutOfRange, "there is no token \(bad) in a vocabulary of \(count)",
                remedy: "decode with the vocabulary that the model was trained with")
        }
        return tokens.map { symbols[$0] }.joined()
    }

    /// The token of each character.
    var tokenOfScalar: [Unicode.Scalar: Int] {
        var result: [Unicode.Scalar: Int] = [:]
        for (token, symbol) in symbols.enumerated() { symbol.unicodeScalars.first.map { result[$0] = token } }
        return result
    }

    private static func shown(_ scalar: Unicode.Scalar?) -> String {
        guard let scalar else { return "''" }
        return "'\(scalar.escaped(asASCII: false))'"
    }
}
