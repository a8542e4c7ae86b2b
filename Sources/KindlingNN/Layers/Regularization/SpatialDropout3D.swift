// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations

/// Zeroes random channels of volumes [N, channels, depth, height, width] while training.
///
/// Shapes: `[N, C, D, H, W]` → the same. All else is as in ``SpatialDropout``.
///
///     SpatialDropout3D(rate: 0.2)
public final class SpatialDropout3D: SpatialDropout {
    override var ranks: ClosedRange<Int> { 5...5 }

    static let component = Component<any Layer>.spatialDropout(
        "SpatialDropout3D", "Zeroes random channels of volumes [N, channels, depth, height, width] while training."
    ) { SpatialDropout3D(rate: $0) }
}
