// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// tanh x, in (−1, 1).
///
/// Output: the input's shape.
///
///     Tanh()(Tensor([-1.0, 0, 2]))     // [-0.7616, 0, 0.964]
public final class Tanh: ParameterlessLayer {
    /// The layer; it has no arguments.
    public init() { super.init { $0.tanh() } }

    static let component = Component<any Layer>("Tanh", "tanh x, in (−1, 1).") { Tanh() }
}
