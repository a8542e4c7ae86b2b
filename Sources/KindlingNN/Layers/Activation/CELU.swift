// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// x where it is positive, else α (e^(x/α) − 1), whose slope at 0 is 1 for every α (Barron 2017).
///
/// Output: the input's shape.
///
///     CELU()(Tensor([-1.0, 0, 2]))     // [-0.6321, 0, 2]
public final class CELU: ParameterlessLayer {
    /// The layer.
    /// - Parameter alpha: Where the curve ends on the left is −α; finite, not 0.
    public init(alpha: Double = 1) {
        super.init(mistake: .dividing(by: "alpha", alpha)) { $0.celu(alpha: alpha) }
    }

    static let component = Component<any Layer>(
        "CELU", "The continuously differentiable exponential linear unit.",
        Field("alpha", default: 1.0, "Where the curve ends on the left is −α; not 0.")
    ) { alpha in try CELU(alpha: alpha).checked() }
}
