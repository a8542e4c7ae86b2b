// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// The p-norm of each window of a volume, (Σ |x|ᵖ)^(1 / p): `[N, C, D, H, W]` → `[N, C, D', H', W']`.
///
/// Between the sum of magnitudes for p = 1 and the largest magnitude for p → ∞ (Gulcehre and others 2014). An axis of n
/// elements becomes one of ⌊(n − size) / stride⌋ + 1. PyTorch takes xᵖ without the magnitude: the same for even p, and
/// no number for odd p where a window's sum is negative. Where all of a window is 0, the gradient of p > 1 is undefined.
///
///     LpPool3D(2, size: 3, stride: 2)(x)
public final class LpPool3D: ParameterlessLayer {
    /// The layer.
    /// - Parameters:
    ///   - order: p, 1 or more.
    ///   - size: The window's size, one number or one for each axis.
    ///   - stride: From one window to the next; the window's size when nil.
    ///   - ceilMode: Whether a last window that hangs over the end counts. Its sum is scaled up, as PyTorch's is, to
    ///     that of a whole window.
    public init(_ order: Double, size: some PerAxis, stride: (any PerAxis)? = nil, ceilMode: Bool = false) {
        let windows = PoolingWindows(axes: 3, size, stride: stride, padding: 0)
        super.init(spatialAxes: 3, mistake: windows.mistake ?? LayerError.order(order)) {
            $0.powerPooled(order, size: windows.size, stride: windows.stride, ceilMode: ceilMode)
        }
    }

    static let component = Component<any Layer>(
        "LpPool3D", "The p-norm of each window of a volume.", PoolingField.order, PoolingField.size,
        PoolingField.stride, PoolingField.ceilMode
    ) { order, size, stride, ceilMode in
        try LpPool3D(order, size: size, stride: stride, ceilMode: ceilMode).checked()
    }
}
