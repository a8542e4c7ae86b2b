// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// The largest of each channel over a whole picture: `[N, C, H, W]` → `[N, C]`.
///
///     Sequential { Conv2D(3, 16, kernelSize: 3); GlobalMaxPool2D(); Linear(16, 10) }
public final class GlobalMaxPool2D: ParameterlessLayer {
    /// The layer.
    /// - Parameter keepDims: Whether the spatial axes stay, with size 1: `[N, C, 1, 1]`.
    public init(keepDims: Bool = false) { super.init(spatialAxes: 2) { $0.globalMaxPooled(keepDims: keepDims) } }

    static let component = Component<any Layer>(
        "GlobalMaxPool2D", "The largest of each channel over a whole picture.", PoolingField.keepDims
    ) { keepDims in GlobalMaxPool2D(keepDims: keepDims) }
}
