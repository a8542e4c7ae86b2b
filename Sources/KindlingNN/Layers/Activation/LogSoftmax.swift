// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// The logarithm of the softmax along an axis: x − ln Σ eˣ, which never overflows.
///
/// Output: the input's shape.
///
///     LogSoftmax()(Tensor([-1.0, 0, 2]))     // [-3.1698, -2.1698, -0.1698]
public final class LogSoftmax: ParameterlessLayer {
    /// The layer.
    /// - Parameter axis: The axis along which e to the result sums to one; the last by default.
    public init(axis: Int = -1) { super.init { $0.logSoftmax(over: axis) } }

    static let component = Component<any Layer>(
        "LogSoftmax", "The logarithm of the softmax along an axis.",
        Field("axis", default: -1, "The axis along which e to the result sums to one.")
    ) { axis in LogSoftmax(axis: axis) }
}
