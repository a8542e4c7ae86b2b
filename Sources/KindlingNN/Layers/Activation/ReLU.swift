// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// max(0, x) (Nair and Hinton 2010).
///
/// Output: the input's shape.
public final class ReLU: Layer {
    /// The layer; it has no parameters.
    public init() {}

    /// The function, element by element.
    public func forward(_ input: Tensor) -> Tensor { input.relu() }

    static let component = Component<any Layer>("ReLU", "max(0, x) (Nair and Hinton 2010).") { ReLU() }
}
