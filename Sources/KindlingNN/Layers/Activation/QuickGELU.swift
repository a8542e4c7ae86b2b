// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// x · σ(1.702 x), a cheap approximation of ``GELU`` that CLIP uses (Hendrycks and Gimpel 2016).
///
/// Output: the input's shape.
///
///     QuickGELU()(Tensor([-1.0, 0, 2]))     // [-0.1542, 0, 1.9357]
public final class QuickGELU: ParameterlessLayer {
    /// The layer; it has no arguments.
    public init() { super.init { $0.quickGELU() } }

    static let component = Component<any Layer>(
        "QuickGELU", "x · σ(1.702 x), a cheap approximation of GELU."
    ) { QuickGELU() }
}
