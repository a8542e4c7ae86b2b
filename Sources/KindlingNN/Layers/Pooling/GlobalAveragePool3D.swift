// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// The mean of each channel over a whole volume: `[N, C, D, H, W]` → `[N, C]` (Lin, Chen and Yan 2013).
///
///     Sequential { Conv3D(3, 16, kernelSize: 3); GlobalAveragePool3D(); Linear(16, 10) }
public final class GlobalAveragePool3D: ParameterlessLayer {
    /// The layer.
    /// - Parameter keepDims: Whether the spatial axes stay, with size 1: `[N, C, 1, 1, 1]`.
    public init(keepDims: Bool = false) { super.init(spatialAxes: 3) { $0.globalAveragePooled(keepDims: keepDims) } }

    static let component = Component<any Layer>(
        "GlobalAveragePool3D", "The mean of each channel over a whole volume.", PoolingField.keepDims
    ) { keepDims in GlobalAveragePool3D(keepDims: keepDims) }
}
