// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// x where |x| > λ, else 0 (Donoho and Johnstone 1994).
///
/// Output: the input's shape. PyTorch's `Hardshrink`.
///
///     HardShrink()(Tensor([-1.0, 0, 2]))     // [-1, 0, 2]
public final class HardShrink: ParameterlessLayer {
    /// The layer.
    /// - Parameter threshold: λ, not negative.
    public init(threshold: Double = 0.5) {
        super.init(mistake: threshold >= 0 ? nil : LayerError("threshold", threshold, must: "be 0 or more")) {
            $0.hardShrink(threshold: threshold)
        }
    }

    static let component = Component<any Layer>(
        "HardShrink", "X where |x| > λ, else 0.",
        Field("threshold", default: 0.5, in: .nonNegative, "λ, below which numbers become 0.")
    ) { threshold in HardShrink(threshold: threshold) }
}
