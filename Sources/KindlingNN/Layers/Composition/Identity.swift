// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// Gives back what it is given: y = x.
///
/// Stands where a layer is asked for and nothing is to happen, such as the short way of ``Branches``.
///
///     Identity()(Tensor([-1.0, 0, 2]))     // [-1, 0, 2]
public final class Identity: Layer {
    /// The layer; it has no parameters.
    public init() {}

    /// The input.
    public func forward(_ input: Tensor) -> Tensor { input }

    static let component = Component<any Layer>("Identity", "Gives back what it is given.") { Identity() }
}
