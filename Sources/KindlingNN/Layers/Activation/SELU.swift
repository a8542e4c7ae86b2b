// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// λ x where x is positive, else λ α (eˣ − 1), which keeps mean 0 and variance 1 (Klambauer and others 2017).
///
/// Output: the input's shape. With λ = 1.0507 and α = 1.6733.
///
///     SELU()(Tensor([-1.0, 0, 2]))     // [-1.1113, 0, 2.1014]
public final class SELU: ParameterlessLayer {
    /// The layer; it has no arguments.
    public init() { super.init { $0.selu() } }

    static let component = Component<any Layer>(
        "SELU", "The scaled exponential linear unit (Klambauer and others 2017)."
    ) { SELU() }
}
