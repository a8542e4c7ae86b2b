// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// tanh x, in (−1, 1).
///
/// Output: the input's shape.
public final class Tanh: Layer {
    /// The layer; it has no parameters.
    public init() {}

    /// The function, element by element.
    public func forward(_ input: Tensor) -> Tensor { input.tanh() }

    static let component = Component<any Layer>("Tanh", "tanh x, in (−1, 1).") { Tanh() }
}
