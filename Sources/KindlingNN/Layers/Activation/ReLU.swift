// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// max(0, x) (Nair and Hinton 2010).
///
/// Output: the input's shape.
///
///     ReLU()(Tensor([-1.0, 0, 2]))     // [0, 0, 2]
public final class ReLU: ParameterlessLayer {
    /// The layer; it has no arguments.
    public init() { super.init { $0.relu() } }

    static let component = Component<any Layer>("ReLU", "max(0, x) (Nair and Hinton 2010).") { ReLU() }
}
