// SPDX-License-Identifier: Apache-2.0

/// Cross-entropy between rows of logits and one class index a row, softmax included, without keeping probabilities.
///
/// For a row x with class t, ε = `smoothing`, C classes and weight w (1 without weights):
/// (1 − ε) · w[t] · (lse − x[t]) + ε / C · Σ_c w[c] · (lse − x[c]), where lse = log Σ exp x.
/// A row whose class is `ignoredClass` has loss 0 and gradient 0.
///
/// - forward: logits `[N, C]`, classes int64 `[N]`, with `weighted` weights `[C]` → losses `[N]`, lse `[N]`
/// - backward: logits, classes, lse `[N]`, upstream `[N]`, with `weighted` weights → gradient `[N, C]`
///
/// All row-major. Losses, lse, weights and upstream have the logits' type.
/// - Throws: `indexOutOfRange` for a class outside `0 ..< C` that is not the ignored one.
public struct CrossEntropyRequest: Sendable, Hashable {
    /// The share of each target that is spread over all classes, in 0 ...
    ///
    /// 1.
    public let smoothing: Double
    /// Rows of this class do not count.
    public let ignoredClass: Int64
    /// Whether classes have weights.
    public let weighted: Bool
    /// Whether this is the gradient.
    public let backward: Bool

    /// Describes a cross-entropy.
    public init(smoothing: Double = 0, ignoredClass: Int64 = -100, weighted: Bool = false, backward: Bool = false) {
        self.smoothing = smoothing
        self.ignoredClass = ignoredClass
        self.weighted = weighted
        self.backward = backward
    }
}
