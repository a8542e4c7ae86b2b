// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// x · σ(x), also called swish (Elfwing and others 2017).
///
/// Output: the input's shape.
public final class SiLU: Layer {
    /// The layer; it has no parameters.
    public init() {}

    /// The function, element by element.
    public func forward(_ input: Tensor) -> Tensor { input.silu() }

    static let component = Component<any Layer>("SiLU", "x · σ(x), also called swish (Elfwing et al. 2017).") { SiLU() }
}
