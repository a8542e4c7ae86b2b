// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// e^(−x) / Σ e^(−x) along an axis: shares that are largest where x is smallest.
///
/// Output: the input's shape.
///
///     Softmin()(Tensor([-1.0, 0, 2]))     // [0.7054, 0.2595, 0.0351]
public final class Softmin: ParameterlessLayer {
    /// The layer.
    /// - Parameter axis: The axis along which the result sums to one; the last by default.
    public init(axis: Int = -1) { super.init { $0.softmin(over: axis) } }

    static let component = Component<any Layer>(
        "Softmin", "The softmax of the negatives along an axis.",
        Field("axis", default: -1, "The axis along which the result sums to one.")
    ) { axis in Softmin(axis: axis) }
}
