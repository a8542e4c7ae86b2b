// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// 1 / (1 + e^(−x)), in (0, 1).
///
/// Output: the input's shape.
///
///     Sigmoid()(Tensor([-1.0, 0, 2]))     // [0.2689, 0.5, 0.8808]
public final class Sigmoid: ParameterlessLayer {
    /// The layer; it has no arguments.
    public init() { super.init { $0.sigmoid() } }

    static let component = Component<any Layer>("Sigmoid", "1 / (1 + e^(−x)), in (0, 1).") { Sigmoid() }
}
