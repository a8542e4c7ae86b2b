// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// Blocks of pixels as channels: `[N, C, H r, W r]` → `[N, C r², H, W]`; undoes ``PixelShuffle``.
///
/// Height and width must be multiples of r.
///
///     PixelUnshuffle(2)(x)     // [1, 3, 8, 8] → [1, 12, 4, 4]
public final class PixelUnshuffle: ParameterlessLayer {
    /// The layer.
    /// - Parameter factor: r, at least 1.
    public init(_ factor: Int) {
        super.init(
            spatialAxes: 2, mistake: factor >= 1 ? nil : LayerError("factor", factor, must: "be 1 or more")
        ) { $0.pixelUnshuffled(by: factor) }
    }

    static let component = Component<any Layer>(
        "PixelUnshuffle", "Blocks of pixels as channels.",
        Field<Int>(required: "factor", in: .atLeast(1), "How many times coarser the picture becomes along each axis.")
    ) { factor in PixelUnshuffle(factor) }
}
