// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// x moved towards 0 by λ, and 0 where |x| ≤ λ (Donoho and Johnstone 1994).
///
/// Output: the input's shape. PyTorch's `Softshrink`.
///
///     SoftShrink()(Tensor([-1.0, 0, 2]))     // [-0.5, 0, 1.5]
public final class SoftShrink: ParameterlessLayer {
    /// The layer.
    /// - Parameter threshold: λ, not negative.
    public init(threshold: Double = 0.5) {
        super.init(mistake: threshold >= 0 ? nil : LayerError("threshold", threshold, must: "be 0 or more")) {
            $0.softShrink(threshold: threshold)
        }
    }

    static let component = Component<any Layer>(
        "SoftShrink", "X moved towards 0 by λ, and 0 where |x| ≤ λ.",
        Field("threshold", default: 0.5, in: .nonNegative, "λ, below which numbers become 0.")
    ) { threshold in SoftShrink(threshold: threshold) }
}
