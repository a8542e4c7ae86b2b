// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// The largest of each window of a sequence: `[N, C, L]` → `[N, C, L']`.
///
/// An axis of n elements becomes one of ⌊(n + 2 · padding − dilation · (size − 1) − 1) / stride⌋ + 1.
///
///     MaxPool1D(2)(x)      // half the length
public final class MaxPool1D: ParameterlessLayer {
    /// The layer.
    /// - Parameters:
    ///   - size: The window's size.
    ///   - stride: From one window to the next; the window's size when nil.
    ///   - padding: Elements added on both sides, which are never the largest; at most half the size.
    ///   - dilation: From one element of a window to the next.
    ///   - ceilMode: Whether a last window that hangs over the end counts.
    public init(
        _ size: some PerAxis, stride: (any PerAxis)? = nil, padding: some PerAxis = 0, dilation: some PerAxis = 1,
        ceilMode: Bool = false
    ) {
        let windows = PoolingWindows(axes: 1, size, stride: stride, padding: padding, dilation: dilation)
        super.init(spatialAxes: 1, mistake: windows.mistake) {
            $0.maxPooled(
                size: windows.size, stride: windows.stride, padding: windows.padding, dilation: windows.dilation,
                ceilMode: ceilMode)
        }
    }

    static let component = Component<any Layer>(
        "MaxPool1D", "The largest of each window of a sequence.", PoolingField.size, PoolingField.stride,
        PoolingField.padding, PoolingField.dilation, PoolingField.ceilMode
    ) { size, stride, padding, dilation, ceilMode in
        try MaxPool1D(size, stride: stride, padding: padding, dilation: dilation, ceilMode: ceilMode).checked()
    }
}
