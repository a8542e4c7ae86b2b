// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// Turns pairs of numbers by angles that grow with the place in a sequence (Su and others 2021).
///
/// Products of queries and keys that went through it depend on their distance alone. Pair i of place p is turned by
/// p · base^(−2 i / E). Shapes: `[…, T, E]` with an even E → the same. Nothing is learned.
///
///     let rotary = RotaryPositions()
///     let (q, k) = (rotary(query), rotary(key))       // [N, H, T, E] each
public final class RotaryPositions: Layer {
    private let base: Double
    private let interleaved: Bool
    private let mistake: LayerError?

    /// The layer for a range of frequencies.
    /// - Parameters:
    ///   - base: By which frequencies fall, above 0.
    ///   - interleaved: Whether pair i is the elements 2 i and 2 i + 1, as in the paper; else i and i + E / 2, as in
    ///     most published weights.
    public init(base: Double = 10_000, interleaved: Bool = false) {
        self.base = base
        self.interleaved = interleaved
        mistake = .found { () throws(LayerError) in try checkBase("base", base) }
    }

    /// The input turned.
    public func forward(_ input: Tensor) -> Tensor {
        if let mistake { return input.refused(mistake, by: "RotaryPositions") }
        return input.rotary(base: base, interleaved: interleaved)
    }

    static let component = Component<any Layer>(
        "RotaryPositions", "Turns pairs of numbers by angles that grow with the place in a sequence.",
        Field("base", default: 10_000.0, in: .positive, "By which frequencies fall."),
        Field("interleaved", default: false, "Whether pairs are neighbours; else halves of the width.")
    ) { base, interleaved in RotaryPositions(base: base, interleaved: interleaved) }
}
