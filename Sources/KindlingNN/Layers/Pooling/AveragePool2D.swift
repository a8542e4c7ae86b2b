// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// The mean of each square window of a picture: `[N, C, H, W]` → `[N, C, H', W']`.
public final class AveragePool2D: Layer {
    private let size: Int
    private let stride: Int
    private let padding: Int

    /// A pooling with square windows.
    /// - Parameters:
    ///   - size: The window's side.
    ///   - stride: From one window to the next; the window's side when nil.
    ///   - padding: Elements added on every side, at most half the side.
    public init(_ size: Int, stride: Int? = nil, padding: Int = 0) {
        self.size = size
        self.stride = stride ?? size
        self.padding = padding
    }

    /// The mean of each window.
    public func forward(_ input: Tensor) -> Tensor {
        input.averagePooled(size: [size], stride: [stride], padding: [padding])
    }

    static let component = Component<any Layer>(
        "AveragePool2D", "The mean of each square window.",
        Field("size", default: 2, in: .atLeast(1), "The window's side."),
        Field<Int?>(
            "stride", default: nil, in: .atLeast(1), "From one window to the next; the window's side when null."),
        Field("padding", default: 0, in: .nonNegative, "Elements added on every side.")
    ) { size, stride, padding in AveragePool2D(size, stride: stride, padding: padding) }
}
