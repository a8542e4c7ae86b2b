// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// x · σ(x), also called swish (Elfwing and others 2017).
///
/// Output: the input's shape.
///
///     SiLU()(Tensor([-1.0, 0, 2]))     // [-0.2689, 0, 1.7616]
public final class SiLU: ParameterlessLayer {
    /// The layer; it has no arguments.
    public init() { super.init { $0.silu() } }

    static let component = Component<any Layer>(
        "SiLU", "x · σ(x), also called swish (Elfwing and others 2017)."
    ) { SiLU() }
}
