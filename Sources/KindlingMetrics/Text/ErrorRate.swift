// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend

/// Edits needed for each symbol of a reference: the word error rate, or the character error rate.
///
/// Σ edits / Σ symbols of the references over all sentences, so that long ones weigh more; above 1 where far more is said
/// than there is. Words are what white space separates.
///
///     var rate = ErrorRate(of: .words)
///     rate.update("the cat sat", reference: "the cat sat down")
///     try rate.value()      // 0.25
public struct ErrorRate: Sendable, Codable, Equatable {
    /// What is counted.
    public enum Unit: String, Sendable, Codable {
        /// Words.
        case words
        /// Characters as people see them.
        case characters
    }

    /// What is counted.
    public let unit: Unit
    private var edits = 0
    private var symbols = 0

    /// A rate that has seen nothing.
    public init(of unit: Unit = .words) { self.unit = unit }

    /// `word_error_rate` or `character_error_rate`.
    public var name: String { unit == .words ? "word_error_rate" : "character_error_rate" }

    /// Takes a sentence and what it should be.
    public mutating func update(_ hypothesis: String, reference: String) {
        switch unit {
        case .words: update(words(of: hypothesis), reference: words(of: reference))
        case .characters: update(Array(hypothesis), reference: Array(reference))
        }
    }

    /// Takes a sequence of symbols and what it should be.
    public mutating func update<Symbol: Equatable>(_ hypothesis: [Symbol], reference: [Symbol]) {
        edits += editDistance(hypothesis, reference)
        symbols += reference.count
    }

    /// Takes in what another has seen.
    /// - Throws: `TensorError` when it counts something else.
    public mutating func merge(_ other: ErrorRate) throws(TensorError) {
        guard unit == other.unit else {
            throw TensorError(
                .invalidValue, operation: name, "\(other.unit.rawValue) cannot be merged into \(unit.rawValue)",
                remedy: "merge rates of one unit")
        }
        edits += other.edits
        symbols += other.symbols
    }

    /// The counts, for sums over batches: edits, symbols.
    var counts: [Double] { [Double(edits), Double(symbols)] }

    /// The rate; infinite where something was said and all references are empty.
    /// - Throws: `TensorError` when nothing has been seen.
    public func value() throws(TensorError) -> Double {
        guard symbols > 0 || edits > 0 else {
            throw TensorError(.invalidValue, operation: name, "there is no rate of no references")
        }
        return symbols > 0 ? Double(edits) / Double(symbols) : .infinity
    }

    /// Forgets everything.
    public mutating func reset() { self = ErrorRate(of: unit) }
}

/// What white space separates.
func words(of text: String) -> [Substring] { text.split { $0.isWhitespace } }
