// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import KindlingBackend
internal import KindlingEngine

/// A model that gives logits of what follows each place of a token sequence: `[N, T]` → `[N, T, V]`.
///
/// It generates text by ``generate(_:count:temperature:topK:seed:)``, and from the command line by `kindling generate`.
public protocol LanguageModel: Layer {
    /// How many tokens there are, V.
    var vocabularySize: Int { get }
    /// The longest sequence that it takes.
    var blockSize: Int { get }
}

extension LanguageModel {
    /// What the model lets follow a prompt, one token after the other.
    ///
    /// Each token is drawn from softmax(logits / temperature) of the last place, given as many tokens before as the
    /// model takes. Equal seeds give equal tokens.
    /// - Parameters:
    ///   - prompt: Tokens to begin with, at least one.
    ///   - count: How many tokens follow, 0 or more.
    ///   - temperature: Below 1 for likelier tokens, above for more surprising ones; 0 always takes the likeliest.
    ///   - topK: Only the so many likeliest tokens, and those as likely as the last of them, can be drawn; all when nil.
    ///   - seed: What the draws follow from.
    /// - Returns: What follows, without the prompt.
    /// - Throws: `LayerError` for arguments that cannot be, or what the model throws.
    public func generate(
        _ prompt: [Int], count: Int, temperature: Double = 1, topK: Int? = nil, seed: UInt64 = 0
    ) throws -> [Int] {
        try check(prompt, count, temperature, topK)
        var stream = RandomStream(seed: seed)["generation"]
        let draws = try withTensorErrors {
            Tensor.uniform([count], from: &stream, dtype: .float64, on: .cpu)
        }.array(of: Double.self)
        let device = parameters.first?.value.device ?? .current
        var tokens = prompt
        for draw in draws {
            let seen = Array(tokens.suffix(blockSize))
            let logits = try predict(Tensor(seen, shape: [1, seen.count], on: device))
            let last = try withTensorErrors { logits.sliced(seen.count - 1..<seen.count, along: 1) }
            tokens.append(
                try nextToken(last.array(of: Double.self), temperature: temperature, topK: topK, draw: draw))
        }
        return Array(tokens.dropFirst(prompt.count))
    }

    private func check(_ prompt: [Int], _ count: Int, _ temperature: Double, _ topK: Int?) throws(LayerError) {
        guard !prompt.isEmpty else { throw LayerError("prompt", prompt, must: "have a token to begin with") }
        if let bad = prompt.first(where: { !(0..<vocabularySize).contains($0) }) {
            throw LayerError("prompt", "\(bad)", must: "be of tokens in 0 ..< \(vocabularySize)")
        }
        guard (0...100_000_000).contains(count) else { throw LayerError("count", count, must: "be in 0 ... 100000000") }
        guard temperature >= 0, temperature.isFinite else {
            throw LayerError("temperature", temperature, must: "be a number from 0 on")
        }
        if let topK, topK < 1 { throw LayerError("topK", topK, must: "be 1 or more") }
    }
}

/// The token that a draw, evenly in 0 ..< 1, falls on.
func nextToken(_ logits: [Double], temperature: Double, topK: Int?, draw: Double) throws(LayerError) -> Int {
    guard let largest = logits.max(), largest.isFinite, !logits.contains(where: \.isNaN) else {
        throw LayerError(what: "the model's logits are no finite numbers; it cannot generate anything")
    }
    if temperature == 0 { return logits.firstIndex(of: largest) ?? 0 }
    var threshold = -Double.infinity
    if let topK, topK < logits.count { threshold = logits.sorted(by: >)[topK - 1] }
    let shares = logits.map { $0 >= threshold ? exp(($0 - largest) / temperature) : 0 }
    var rest = draw * shares.reduce(0, +)
    for (token, share) in shares.enumerated() where share > 0 {
        rest -= share
        if rest < 0 { return token }
    }
    // Rounding can leave a little at the end.
    return shares.lastIndex { $0 > 0 } ?? 0
}
