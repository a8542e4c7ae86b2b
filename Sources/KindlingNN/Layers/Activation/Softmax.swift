// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// eˣ / Σ eˣ along an axis: positive numbers that sum to one.
///
/// Output: the input's shape.
///
/// Not for what goes into ``CrossEntropy``, which takes the logits themselves.
///
///     Softmax()(Tensor([-1.0, 0, 2]))     // [0.042, 0.1142, 0.8438]
public final class Softmax: ParameterlessLayer {
    /// The layer.
    /// - Parameter axis: The axis along which the result sums to one; the last by default.
    public init(axis: Int = -1) { super.init { $0.softmax(over: axis) } }

    static let component = Component<any Layer>(
        "Softmax", "Positive numbers that sum to one along an axis.",
        Field("axis", default: -1, "The axis along which the result sums to one.")
    ) { axis in Softmax(axis: axis) }
}
