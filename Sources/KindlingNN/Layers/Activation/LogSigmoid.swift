// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// ln σ(x) = −ln(1 + e^(−x)), finite where σ(x) itself would round to 0.
///
/// Output: the input's shape.
///
///     LogSigmoid()(Tensor([-1.0, 0, 2]))     // [-1.3133, -0.6931, -0.1269]
public final class LogSigmoid: ParameterlessLayer {
    /// The layer; it has no arguments.
    public init() { super.init { $0.logSigmoid() } }

    static let component = Component<any Layer>(
        "LogSigmoid", "The logarithm of the sigmoid, without underflow."
    ) { LogSigmoid() }
}
