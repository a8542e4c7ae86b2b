// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// With an axis of size 1 more: `[64, 5]` → `[64, 1, 5]`.
///
///     Unsqueeze(1)(Tensor.zeros([64, 5]))     // [64, 1, 5]
public final class Unsqueeze: ParameterlessLayer {
    /// The layer.
    /// - Parameter axis: Where the new axis stands in the result; −1 puts it last.
    public init(_ axis: Int = -1) { super.init { $0.insertingAxis(at: axis) } }

    static let component = Component<any Layer>(
        "Unsqueeze", "With an axis of size 1 more.",
        Field("axis", default: -1, "Where the new axis stands in the result.")
    ) { axis in Unsqueeze(axis) }
}
