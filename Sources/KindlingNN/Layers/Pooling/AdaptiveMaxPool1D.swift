// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// The largest of each of so many windows that a sequence of a fixed size comes out.
///
/// Shapes: `[N, C, L]` → `[N, C, L']`. Window i of m along an axis of n elements is
/// ⌊i · n / m⌋ ..< ⌈(i + 1) · n / m⌉, as PyTorch's.
///
///     AdaptiveMaxPool1D(7)(x)     // [N, C, 32] → [N, C, 7]
public final class AdaptiveMaxPool1D: ParameterlessLayer {
    /// The layer.
    /// - Parameter size: The size that comes out.
    public init(_ size: some PerAxis) {
        let mistake = LayerError.found(file: nil) { () throws(LayerError) in
            _ = try size.checked("size", axes: 1, least: 1)
        }
        super.init(spatialAxes: 1, mistake: mistake) { $0.adaptiveMaxPooled(to: size.perAxis) }
    }

    static let component = Component<any Layer>(
        "AdaptiveMaxPool1D", "The largest of each of so many windows that a fixed size comes out.",
        PoolingField.pooledSize
    ) { size in try AdaptiveMaxPool1D(size).checked() }
}
