// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// The largest of each channel over a whole volume: `[N, C, D, H, W]` → `[N, C]`.
///
///     Sequential { Conv3D(3, 16, kernelSize: 3); GlobalMaxPool3D(); Linear(16, 10) }
public final class GlobalMaxPool3D: ParameterlessLayer {
    /// The layer.
    /// - Parameter keepDims: Whether the spatial axes stay, with size 1: `[N, C, 1, 1, 1]`.
    public init(keepDims: Bool = false) { super.init(spatialAxes: 3) { $0.globalMaxPooled(keepDims: keepDims) } }

    static let component = Component<any Layer>(
        "GlobalMaxPool3D", "The largest of each channel over a whole volume.", PoolingField.keepDims
    ) { keepDims in GlobalMaxPool3D(keepDims: keepDims) }
}
