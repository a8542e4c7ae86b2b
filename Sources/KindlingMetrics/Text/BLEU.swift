// SPDX-License-Identifier: Apache-2.0
internal import Glibc
public import KindlingBackend
public import KindlingDeclarations

/// How many n-grams of translations are in their references, for a whole corpus (Papineni and others 2002).
///
/// min(1, exp(1 − r / c)) · (p₁ · … · p_N)^(1 / N), where p_n is the clipped share of n-grams that occur in a reference, c the
/// length of all translations, and r that of the references nearest in length, the shorter of two as near. Counts are added
/// over the corpus before they are divided. Words are what white space separates; other tokens can be given as lists.
///
///     var bleu = BLEU()
///     bleu.update("the cat is on the mat", references: ["the cat sat on the mat", "a cat is on a mat"])
///     try bleu.value()
public struct BLEU: Sendable, Codable, Equatable {
    /// What becomes of n-grams that never match, and would make the product 0.
    public enum Smoothing: String, Sendable, Codable, FieldChoice {
        /// They make it 0.
        case none
        /// One match and one n-gram are added for n above 1 (Lin and Och 2004).
        case addOne
        /// The first n without a match counts as half a match, each further one as half of that (mteval's).
        case exponential
    }

    /// N, the longest n-gram, at least 1.
    public let order: Int
    /// What becomes of n-grams that never match.
    public let smoothing: Smoothing
    private var matches: [Int]
    private var totals: [Int]
    private var length = 0
    private var referenceLength = 0
    private var sentences = 0

    /// A figure that has seen nothing; orders below 1 count as 1.
    public init(order: Int = 4, smoothing: Smoothing = .none) {
        self.order = min(max(1, order), 64)
        self.smoothing = smoothing
        matches = Array(repeating: 0, count: self.order)
        totals = matches
    }

    /// Reads what `encode(to:)` wrote.
    /// - Throws: `DecodingError` when counts are missing.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        order = try container.decode(Int.self, forKey: .order)
        smoothing = try container.decode(Smoothing.self, forKey: .smoothing)
        matches = try container.decode([Int].self, forKey: .matches)
        totals = try container.decode([Int].self, forKey: .totals)
        length = try container.decode(Int.self, forKey: .length)
        referenceLength = try container.decode(Int.self, forKey: .referenceLength)
        sentences = try container.decode(Int.self, forKey: .sentences)
        guard order >= 1, matches.count == order, totals.count == order else {
            throw DecodingError.dataCorruptedError(
                forKey: .matches, in: container, debugDescription: "an order of \(order) has as many counts")
        }
    }

    /// `bleu`.
    public var name: String { "bleu" }

    /// Takes a translation and what it might be.
    public mutating func update(_ hypothesis: String, references: [String]) {
        update(words(of: hypothesis), references: references.map { words(of: $0) })
    }

    /// Takes a translation and what it might be, as tokens.
    public mutating func update<Token: Hashable>(_ hypothesis: [Token], references: [[Token]]) {
        sentences += 1
        length += hypothesis.count
        let nearest = references.map(\.count).min {
            (abs($0 - hypothesis.count), $0) < (abs($1 - hypothesis.count), $1)
        }
        referenceLength += nearest ?? 0
        for n in 1...order where hypothesis.count >= n {
            var allowed: [ArraySlice<Token>: Int] = [:]
            for reference in references {
                for (gram, count) in grams(reference, n) { allowed[gram] = max(allowed[gram] ?? 0, count) }
            }
            for (gram, count) in grams(hypothesis, n) { matches[n - 1] += min(count, allowed[gram] ?? 0) }
            totals[n - 1] += hypothesis.count - n + 1
        }
    }

    private func grams<Token: Hashable>(_ tokens: [Token], _ n: Int) -> [ArraySlice<Token>: Int] {
        var result: [ArraySlice<Token>: Int] = [:]
        guard tokens.count >= n else { return result }
        for start in 0...tokens.count - n { result[tokens[start..<start + n], default: 0] += 1 }
        return result
    }

    /// Takes in what another has seen.
    /// - Throws: `TensorError` when it has other settings.
    public mutating func merge(_ other: BLEU) throws(TensorError) {
        guard order == other.order, smoothing == other.smoothing else {
            throw TensorError(
                .invalidValue, operation: name, "figures of other settings cannot be merged",
                remedy: "give both one order and one smoothing")
        }
        for n in 0..<order {
            matches[n] += other.matches[n]
            totals[n] += other.totals[n]
        }
        length += other.length
        referenceLength += other.referenceLength
        sentences += other.sentences
    }

    /// The figure, from 0 to 1.
    /// - Throws: `TensorError` when nothing has been seen.
    public func value() throws(TensorError) -> Double {
        guard sentences > 0 else {
            throw TensorError(.invalidValue, operation: name, "there is no figure of no translations")
        }
        return BLEU.figure(
            matches: matches.map(Double.init), totals: totals.map(Double.init), length: Double(length),
            referenceLength: Double(referenceLength), smoothing: smoothing)
    }

    /// The figure of counts, the first of which are those of single tokens.
    static func figure(
        matches: [Double], totals: [Double], length: Double, referenceLength: Double, smoothing: Smoothing
    ) -> Double {
        guard length > 0, let first = matches.first, first > 0 else { return 0 }
        var (logarithm, floor) = (0.0, 1.0)
        for n in matches.indices {
            var (match, total) = (matches[n], totals[n])
            switch smoothing {
            case .none: break
            case .addOne:
                if n > 0 {
                    match += 1
                    total += 1
                }
            case .exponential:
                if match == 0, total > 0 {
                    floor /= 2
                    match = floor
                }
            }
            guard match > 0, total > 0 else { return 0 }
            logarithm += log(match / total) / Double(matches.count)
        }
        let brevity = length < referenceLength ? 1 - referenceLength / length : 0
        return exp(logarithm + brevity)
    }

    /// The counts, for sums over batches: matches, totals, lengths.
    var counts: [Double] { (matches + totals + [length, referenceLength]).map(Double.init) }

    /// Forgets everything.
    public mutating func reset() { self = BLEU(order: order, smoothing: smoothing) }
}
