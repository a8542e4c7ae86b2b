// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// Zeroes random channels of sequences [N, channels, length] while training.
///
/// Shapes: `[N, C, L]` → the same. All else is as in ``SpatialDropout``.
///
///     SpatialDropout1D(rate: 0.2)
public final class SpatialDropout1D: SpatialDropout {
    override var ranks: ClosedRange<Int> { 3...3 }

    static let component = Component<any Layer>.spatialDropout(
        "SpatialDropout1D", "Zeroes random channels of sequences [N, channels, length] while training."
    ) { SpatialDropout1D(rate: $0) }
}
