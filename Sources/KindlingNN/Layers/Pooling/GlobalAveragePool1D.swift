// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// The mean of each channel over a whole sequence: `[N, C, L]` → `[N, C]` (Lin, Chen and Yan 2013).
///
///     Sequential { Conv1D(3, 16, kernelSize: 3); GlobalAveragePool1D(); Linear(16, 10) }
public final class GlobalAveragePool1D: ParameterlessLayer {
    /// The layer.
    /// - Parameter keepDims: Whether the spatial axes stay, with size 1: `[N, C, 1]`.
    public init(keepDims: Bool = false) { super.init(spatialAxes: 1) { $0.globalAveragePooled(keepDims: keepDims) } }

    static let component = Component<any Layer>(
        "GlobalAveragePool1D", "The mean of each channel over a whole sequence.", PoolingField.keepDims
    ) { keepDims in GlobalAveragePool1D(keepDims: keepDims) }
}
