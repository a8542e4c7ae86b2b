// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// The Gaussian error linear unit, x · Φ(x) (Hendrycks and Gimpel 2016).
///
/// Output: the input's shape.
public final class GELU: Layer {
    private let approximate: Bool

    /// The layer; it has no parameters.
    /// - Parameter approximate: Whether to use the tanh form, as GPT-2 does.
    public init(approximate: Bool = false) { self.approximate = approximate }

    /// The function, element by element.
    public func forward(_ input: Tensor) -> Tensor { input.gelu(approximate: approximate) }

    static let component = Component<any Layer>(
        "GELU", "The Gaussian error linear unit.",
        Field("approximate", default: false, "Whether to use the tanh form, as GPT-2 does.")
    ) { approximate in GELU(approximate: approximate) }
}
