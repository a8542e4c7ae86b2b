// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// The mean of each window of a picture: `[N, C, H, W]` → `[N, C, H', W']`.
///
/// An axis of n elements becomes one of ⌊(n + 2 · padding − size) / stride⌋ + 1.
///
///     AveragePool2D(2)(x)     // [N, C, 32, 32] → [N, C, 16, 16]
public final class AveragePool2D: ParameterlessLayer {
    /// The layer.
    /// - Parameters:
    ///   - size: The window's size, one number or one for each axis.
    ///   - stride: From one window to the next; the window's size when nil.
    ///   - padding: Zeros added on both sides, at most half the size.
    ///   - ceilMode: Whether a last window that hangs over the end counts; what hangs over is no element of the mean.
    ///   - countIncludePad: Whether added zeros count as elements, as they do in PyTorch.
    public init(
        _ size: some PerAxis, stride: (any PerAxis)? = nil, padding: some PerAxis = 0, ceilMode: Bool = false,
        countIncludePad: Bool = true
    ) {
        let windows = PoolingWindows(axes: 2, size, stride: stride, padding: padding)
        super.init(spatialAxes: 2, mistake: windows.mistake) {
            $0.averagePooled(
                size: windows.size, stride: windows.stride, padding: windows.padding, countingPadding: countIncludePad,
                ceilMode: ceilMode)
        }
    }

    static let component = Component<any Layer>(
        "AveragePool2D", "The mean of each window of a picture.", PoolingField.size, PoolingField.stride,
        PoolingField.padding, PoolingField.ceilMode, PoolingField.countIncludePad
    ) { size, stride, padding, ceilMode, countIncludePad in
        try AveragePool2D(
            size, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad
        ).checked()
    }
}
