// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// x · min(max(0, x + 3), 6) / 6, a swish without exponentials (Howard and others 2019).
///
/// Output: the input's shape. PyTorch's `Hardswish`, Keras' `hard_silu`.
///
///     HardSwish()(Tensor([-1.0, 0, 2]))     // [-0.3333, 0, 1.6667]
public final class HardSwish: ParameterlessLayer {
    /// The layer; it has no arguments.
    public init() { super.init { $0.hardSwish() } }

    static let component = Component<any Layer>(
        "HardSwish", "A swish in straight and parabolic pieces, as in MobileNetV3."
    ) { HardSwish() }
}
