// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// x / (1 + |x|), in (−1, 1), with slower tails than tanh (Turian and others 2009).
///
/// Output: the input's shape.
///
///     Softsign()(Tensor([-1.0, 0, 2]))     // [-0.5, 0, 0.6667]
public final class Softsign: ParameterlessLayer {
    /// The layer; it has no arguments.
    public init() { super.init { $0.softsign() } }

    static let component = Component<any Layer>("Softsign", "x / (1 + |x|), in (−1, 1).") { Softsign() }
}
