// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// Sums of products of tensors by Einstein's convention, as NumPy's `einsum`.
    ///
    ///     Tensor.einsum("ij,jk->ik", a, b)            // a matrix product
    ///     Tensor.einsum("...ii->...i", x)             // the diagonals of a batch
    ///     Tensor.einsum("bhqd,bhkd->bhqk", q, k)      // attention's scores
    ///
    /// Each tensor has a term of letters, one for each axis; axes of one letter run together, and letters that the
    /// result does not name are summed over. `...` stands for as many leading axes as are left and broadcasts. Without
    /// `->` the result has the axes of `...`, then the letters that stand once, in alphabetical order (capitals first).
    /// Sizes of one letter must be equal, or 1. Types promote. The tensors are multiplied pair by pair from left to
    /// right as matrix products; in which order is cheapest is the caller's choice. A term that does not fit its tensor
    /// is refused.
    public static func einsum(_ equation: String, _ tensors: Tensor...) -> Tensor { einsum(equation, tensors) }

    /// Sums of products of the tensors in an array; see ``einsum(_:_:)-(String,Tensor...)``.
    ///
    ///     Tensor.einsum("ij,jk->ik", [a, b])      // the matrix product
    public static func einsum(_ equation: String, _ tensors: [Tensor]) -> Tensor {
        guard let first = tensors.first else {
            return .failed(
                TensorError(.invalidValue, operation: "einsum", "there are no tensors for '\(equation)'"),
                TensorSpec(shape: [], dtype: .float32))
        }
        if let failed = tensors.first(where: { $0.value.isPlaceholder }) { return failed }
        return first.noting { () throws(TensorError) in
            let terms = try EinsumEquation(equation, ranks: tensors.map(\.rank))
            let contraction = Contraction(operation: "einsum") { label in
                label < 0 ? "an axis of '...'" : "'\(Unicode.Scalar(UInt8(label)))'"
            }
            return try contraction.run(tensors, terms.inputs, output: terms.output)
        }
    }
}

/// An equation read: the label of each axis of each tensor, and of the result's.
///
/// Letters are their ASCII codes; the axes of `...` are −1 for the last, −2 for the one before.
struct EinsumEquation {
    let inputs: [[Int]]
    let output: [Int]

    init(_ equation: String, ranks: [Int]) throws(TensorError) {
        let text = equation.filter { $0 != " " }
        // An arrow's two characters do not stand anywhere else.
        let sides = text.split(separator: "->", omittingEmptySubsequences: false)
        guard sides.count <= 2, let left = sides.first else { throw Self.error("more than one '->'", equation) }
        let terms = left.split(separator: ",", omittingEmptySubsequences: false)
        guard terms.count == ranks.count else {
            throw Self.error("\(terms.count) terms for \(ranks.count) tensors", equation)
        }
        var inputs: [[Int]] = []
        for (term, rank) in zip(terms, ranks) { inputs.append(try Self.labels(term, rank: rank, equation)) }
        self.inputs = inputs
        let all = inputs.flatMap(\.self)
        let dots = Array(Set(all.filter { $0 < 0 })).sorted()
        guard sides.count == 2 else {
            let letters = Set(all.filter { $0 >= 0 }).filter { letter in all.count { $0 == letter } == 1 }
            output = dots + letters.sorted()
            return
        }
        let (letters, place) = try Self.read(sides[1], equation)
        output = place.map { letters[..<$0] + dots + letters[$0...] } ?? letters
        for letter in letters where !all.contains(letter) || letters.count(where: { $0 == letter }) > 1 {
            throw Self.error("a letter of the result that no term has, or that stands there twice", equation)
        }
    }

    private static func labels(_ term: Substring, rank: Int, _ equation: String) throws(TensorError) -> [Int] {
        let (letters, place) = try read(term, equation)
        let missing = rank - letters.count
        guard missing == 0 || missing > 0 && place != nil else {
            throw error("the term '\(term)' for a tensor of \(rank) axes", equation)
        }
        guard let place, missing > 0 else { return letters }
        return letters[..<place] + Array(-missing..<0) + letters[place...]
    }

    /// The letters of a term, and before which of them `...` stands.
    private static func read(_ term: Substring, _ equation: String) throws(TensorError) -> ([Int], Int?) {
        let parts = term.split(separator: "...", omittingEmptySubsequences: false)
        guard parts.count <= 2 else { throw error("more than one '...' in '\(term)'", equation) }
        var letters: [Int] = []
        for character in parts.joined() {
            guard character.isLetter, let code = character.asciiValue else {
                throw error("'\(character)', which is no letter,", equation)
            }
            letters.append(Int(code))
        }
        return (letters, parts.count == 2 ? parts[0].count : nil)
    }

    private static func error(_ what: String, _ equation: String) -> TensorError {
        TensorError(
            .invalidValue, operation: "einsum", "'\(equation)' has \(what)",
            remedy: "write a letter a-z or A-Z for each axis, as in 'ij,jk->ik'")
    }
}
