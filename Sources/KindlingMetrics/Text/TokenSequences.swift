// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingEngine

/// How outputs and targets say sequences of tokens.
struct TokenSequences {
    /// What stands behind the last token of a sequence.
    let padding: Int
    /// The token that ends a sequence, or nil.
    let end: Int?
    /// The class that stands for no token; outputs are then one class a step, repetitions of which count once.
    let blank: Int?

    /// The fields' check that they share.
    func check(_ operation: String) throws(TensorError) {
        guard let blank, blank < 0 else { return }
        throw TensorError(.invalidValue, operation: operation, "blank is \(blank), but must be 0 or more")
    }

    /// The sequences that outputs `[N, T, C]`, of which the largest counts, or `[N, T]` say, and those of targets
    /// `[N, S]`.
    func read(
        _ outputs: Tensor, _ targets: Tensor, _ operation: String
    ) throws(TensorError) -> (said: [[Int64]], meant: [[Int64]]) {
        try check(operation)
        let areScores = outputs.rank == 3 && outputs.dtype.isFloatingPoint && outputs.shape[2] > 0
        let areTokens = outputs.rank == 2 && !outputs.dtype.isFloatingPoint
        guard areScores || areTokens, targets.rank == 2, !targets.dtype.isFloatingPoint,
            targets.shape[0] == outputs.shape[0]
        else {
            throw TensorError(
                .shapeMismatch, operation: operation,
                "outputs of \(TensorSpec(shape: outputs.shape, dtype: outputs.dtype)) do not fit targets of "
                    + "\(TensorSpec(shape: targets.shape, dtype: targets.dtype))",
                remedy: "give scores [N, T, C] or tokens [N, T], and tokens [N, S]")
        }
        // A model is looked over without elements.
        guard outputs.device != .meta else {
            let nothing = Array(repeating: [Int64](), count: outputs.shape[0])
            return (nothing, nothing)
        }
        let said = try rows(areScores ? outputs.argmax(over: 2) : outputs)
        return (said.map { blank == nil ? cut($0) : collapsed($0) }, try rows(targets).map(cut))
    }

    private func rows(_ tokens: Tensor) throws(TensorError) -> [ArraySlice<Int64>] {
        let (count, length) = (tokens.shape[0], tokens.shape[1])
        let all = try tokens.converted(to: .int64).copied(to: .cpu).array(of: Int64.self)
        return (0..<count).map { all[($0 * length)..<(($0 + 1) * length)] }
    }

    /// Up to the padding or the end.
    private func cut(_ tokens: ArraySlice<Int64>) -> [Int64] {
        let ends = [Int64(padding)] + (end.map { [Int64($0)] } ?? [])
        return Array(tokens.prefix { !ends.contains($0) })
    }

    /// Without repetitions, then without blanks: the likeliest path of a model trained with CTC.
    private func collapsed(_ steps: ArraySlice<Int64>) -> [Int64] {
        var (result, last): ([Int64], Int64?) = ([], nil)
        for step in steps {
            if step != last, step != blank.map(Int64.init) { result.append(step) }
            last = step
        }
        return cut(result[...])
    }
}
