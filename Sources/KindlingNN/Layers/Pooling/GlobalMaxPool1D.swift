// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// The largest of each channel over a whole sequence: `[N, C, L]` → `[N, C]`.
///
///     Sequential { Conv1D(3, 16, kernelSize: 3); GlobalMaxPool1D(); Linear(16, 10) }
public final class GlobalMaxPool1D: ParameterlessLayer {
    /// The layer.
    /// - Parameter keepDims: Whether the spatial axes stay, with size 1: `[N, C, 1]`.
    public init(keepDims: Bool = false) { super.init(spatialAxes: 1) { $0.globalMaxPooled(keepDims: keepDims) } }

    static let component = Component<any Layer>(
        "GlobalMaxPool1D", "The largest of each channel over a whole sequence.", PoolingField.keepDims
    ) { keepDims in GlobalMaxPool1D(keepDims: keepDims) }
}
