// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// Adds sines and cosines that tell the places of a sequence apart (Vaswani and others 2017, 3.5).
///
/// Column 2 i of place p is sin(p / base^(2 i / E)), column 2 i + 1 the cosine of the same. Shapes: `[…, T, E]` → the
/// same. Nothing is learned; sequences may be of any length.
///
///     SinusoidalPositions()
public final class SinusoidalPositions: Layer {
    private let base: Double
    private let mistake: LayerError?
    private let kept = Table()

    /// The layer for a range of frequencies.
    /// - Parameter base: By which frequencies fall, above 0.
    public init(base: Double = 10_000) {
        self.base = base
        mistake = .found { () throws(LayerError) in try checkBase("base", base) }
    }

    /// The input with the table added.
    public func forward(_ input: Tensor) -> Tensor {
        if let mistake { return input.refused(mistake, by: "SinusoidalPositions") }
        if input.isPlaceholder { return input }
        guard input.rank >= 2, input.dtype.isFloatingPoint else {
            return .failed(
                TensorError(
                    .shapeMismatch, operation: "SinusoidalPositions",
                    "an input \(input.spec) is no sequence of vectors", remedy: "give […, T, E], floating-point"),
                input.spec)
        }
        let wanted: Shape = [input.shape[input.rank - 2], input.shape.last]
        if let table = kept.value, table.spec == TensorSpec(shape: wanted, dtype: input.dtype),
            table.device == input.device
        {
            return input + table
        }
        let table = Tensor.sinusoidalPositions(
            count: wanted[0], width: wanted[1], base: base, dtype: input.dtype, on: input.device)
        kept.value = table
        return input + table
    }

    /// The last table, so that a sequence of the same length does not compute it again.
    private final class Table {
        var value: Tensor?
    }

    static let component = Component<any Layer>(
        "SinusoidalPositions", "Adds sines and cosines that tell the places of a sequence apart.",
        Field("base", default: 10_000.0, in: .positive, "By which frequencies fall.")
    ) { base in SinusoidalPositions(base: base) }
}

/// Refuses a base by which no frequencies fall.
func checkBase(_ parameter: String, _ base: Double) throws(LayerError) {
    guard base > 0, base.isFinite else { throw LayerError(parameter, base, must: "be a number above 0") }
}
