// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// The mean of each channel over a whole picture: `[N, C, H, W]` → `[N, C]` (Lin, Chen and Yan 2013).
///
///     Sequential { Conv2D(3, 16, kernelSize: 3); GlobalAveragePool2D(); Linear(16, 10) }
public final class GlobalAveragePool2D: ParameterlessLayer {
    /// The layer.
    /// - Parameter keepDims: Whether the spatial axes stay, with size 1: `[N, C, 1, 1]`.
    public init(keepDims: Bool = false) { super.init(spatialAxes: 2) { $0.globalAveragePooled(keepDims: keepDims) } }

    static let component = Component<any Layer>(
        "GlobalAveragePool2D", "The mean of each channel over a whole picture.", PoolingField.keepDims
    ) { keepDims in GlobalAveragePool2D(keepDims: keepDims) }
}
