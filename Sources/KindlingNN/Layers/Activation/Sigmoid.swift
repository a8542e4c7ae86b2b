// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// 1 / (1 + e^(−x)), in (0, 1).
///
/// Output: the input's shape.
public final class Sigmoid: Layer {
    /// The layer; it has no parameters.
    public init() {}

    /// The function, element by element.
    public func forward(_ input: Tensor) -> Tensor { input.sigmoid() }

    static let component = Component<any Layer>("Sigmoid", "1 / (1 + e^(−x)), in (0, 1).") { Sigmoid() }
}
