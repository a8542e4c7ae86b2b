// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// The largest of each of so many windows that a picture of a fixed size comes out.
///
/// Shapes: `[N, C, H, W]` → `[N, C, H', W']`. Window i of m along an axis of n elements is
/// ⌊i · n / m⌋ ..< ⌈(i + 1) · n / m⌉, as PyTorch's.
///
///     AdaptiveMaxPool2D(7)(x)     // [N, C, 32, 32] → [N, C, 7, 7]
public final class AdaptiveMaxPool2D: ParameterlessLayer {
    /// The layer.
    /// - Parameter size: The size that comes out, one number or one for each axis.
    public init(_ size: some PerAxis) {
        let mistake = LayerError.found(file: nil) { () throws(LayerError) in
            _ = try size.checked("size", axes: 2, least: 1)
        }
        super.init(spatialAxes: 2, mistake: mistake) { $0.adaptiveMaxPooled(to: size.perAxis) }
    }

    static let component = Component<any Layer>(
        "AdaptiveMaxPool2D", "The largest of each of so many windows that a fixed size comes out.",
        PoolingField.pooledSize
    ) { size in try AdaptiveMaxPool2D(size).checked() }
}
