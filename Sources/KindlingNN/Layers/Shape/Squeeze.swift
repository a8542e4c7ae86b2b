// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// Without an axis of size 1: `[64, 1, 5]` → `[64, 5]`.
///
///     Squeeze(1)(Tensor.zeros([64, 1, 5]))     // [64, 5]
public final class Squeeze: ParameterlessLayer {
    /// The layer.
    /// - Parameter axis: The axis that goes away, which must have size 1; −1 is the last.
    public init(_ axis: Int = -1) { super.init { $0.squeezed(axis) } }

    static let component = Component<any Layer>(
        "Squeeze", "Without an axis of size 1.",
        Field("axis", default: -1, "The axis that goes away.")
    ) { axis in Squeeze(axis) }
}
