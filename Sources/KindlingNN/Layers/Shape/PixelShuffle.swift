// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// Channels laid out as finer pixels: `[N, C r², H, W]` → `[N, C, H r, W r]` (Shi and others 2016).
///
/// The channels must be a multiple of r².
///
///     PixelShuffle(2)(x)       // [1, 12, 4, 4] → [1, 3, 8, 8]
public final class PixelShuffle: ParameterlessLayer {
    /// The layer.
    /// - Parameter factor: r, at least 1.
    public init(_ factor: Int) {
        super.init(
            spatialAxes: 2, mistake: factor >= 1 ? nil : LayerError("factor", factor, must: "be 1 or more")
        ) { $0.pixelShuffled(by: factor) }
    }

    static let component = Component<any Layer>(
        "PixelShuffle", "Channels laid out as finer pixels.",
        Field<Int>(required: "factor", in: .atLeast(1), "How many times finer the picture becomes along each axis.")
    ) { factor in PixelShuffle(factor) }
}
