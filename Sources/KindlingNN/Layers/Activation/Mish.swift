// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// x · tanh(ln(1 + eˣ)), smooth and not monotonic (Misra 2019).
///
/// Output: the input's shape.
///
///     Mish()(Tensor([-1.0, 0, 2]))     // [-0.3034, 0, 1.944]
public final class Mish: ParameterlessLayer {
    /// The layer; it has no arguments.
    public init() { super.init { $0.mish() } }

    static let component = Component<any Layer>("Mish", "x · tanh(ln(1 + eˣ)) (Misra 2019).") { Mish() }
}
