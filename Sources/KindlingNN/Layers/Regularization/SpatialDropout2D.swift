// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// Zeroes random channels of pictures [N, channels, height, width] while training.
///
/// Shapes: `[N, C, H, W]` → the same. All else is as in ``SpatialDropout``.
///
///     SpatialDropout2D(rate: 0.2)
public final class SpatialDropout2D: SpatialDropout {
    override var ranks: ClosedRange<Int> { 4...4 }

    static let component = Component<any Layer>.spatialDropout(
        "SpatialDropout2D", "Zeroes random channels of pictures [N, channels, height, width] while training."
    ) { SpatialDropout2D(rate: $0) }
}
