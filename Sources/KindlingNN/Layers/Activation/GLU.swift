// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// The gated linear unit: the first half along an axis times the sigmoid of the second (Dauphin and others 2017).
///
/// Output: the input's shape with half the size along the axis, which must be even.
///
///     GLU()(x)        // [N, 8] → [N, 4]
public final class GLU: ParameterlessLayer {
    /// The layer.
    /// - Parameter axis: The axis that falls into halves; the last by default.
    public init(axis: Int = -1) { super.init { $0.glu(along: axis) } }

    static let component = Component<any Layer>(
        "GLU", "The first half along an axis times the sigmoid of the second.",
        Field("axis", default: -1, "The axis that falls into halves.")
    ) { axis in GLU(axis: axis) }
}
