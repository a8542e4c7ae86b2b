// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// The Gaussian error linear unit, x · Φ(x) (Hendrycks and Gimpel 2016).
///
/// Output: the input's shape.
///
///     GELU()(Tensor([-1.0, 0, 2]))     // [-0.1587, 0, 1.9545]
public final class GELU: ParameterlessLayer {
    /// The layer.
    /// - Parameter approximate: Whether to use the tanh form, as GPT-2 does.
    public init(approximate: Bool = false) { super.init { $0.gelu(approximate: approximate) } }

    static let component = Component<any Layer>(
        "GELU", "The Gaussian error linear unit.",
        Field("approximate", default: false, "Whether to use the tanh form, as GPT-2 does.")
    ) { approximate in GELU(approximate: approximate) }
}
