// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// x − tanh x: small numbers nearly vanish, large ones stay.
///
/// Output: the input's shape. PyTorch's `Tanhshrink`.
///
///     TanhShrink()(Tensor([-1.0, 0, 2]))     // [-0.2384, 0, 1.036]
public final class TanhShrink: ParameterlessLayer {
    /// The layer; it has no arguments.
    public init() { super.init { $0.tanhShrink() } }

    static let component = Component<any Layer>("TanhShrink", "x − tanh x.") { TanhShrink() }
}
