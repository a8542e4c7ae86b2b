// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// The mean of each of so many windows that a volume of a fixed size comes out.
///
/// Shapes: `[N, C, D, H, W]` → `[N, C, D', H', W']`. Window i of m along an axis of n elements is
/// ⌊i · n / m⌋ ..< ⌈(i + 1) · n / m⌉, as PyTorch's.
///
///     AdaptiveAveragePool3D(7)(x)     // [N, C, 8, 32, 32] → [N, C, 7, 7, 7]
public final class AdaptiveAveragePool3D: ParameterlessLayer {
    /// The layer.
    /// - Parameter size: The size that comes out, one number or one for each axis.
    public init(_ size: some PerAxis) {
        let mistake = LayerError.found(file: nil) { () throws(LayerError) in
            _ = try size.checked("size", axes: 3, least: 1)
        }
        super.init(spatialAxes: 3, mistake: mistake) { $0.adaptiveAveragePooled(to: size.perAxis) }
    }

    static let component = Component<any Layer>(
        "AdaptiveAveragePool3D", "The mean of each of so many windows that a fixed size comes out.",
        PoolingField.pooledSize
    ) { size in try AdaptiveAveragePool3D(size).checked() }
}
