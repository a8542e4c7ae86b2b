// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// ln(1 + e^(βx)) / β, a smooth ramp, and x itself where βx is above a threshold.
///
/// Output: the input's shape.
///
///     Softplus()(Tensor([-1.0, 0, 2]))     // [0.3133, 0.6931, 2.1269]
public final class Softplus: ParameterlessLayer {
    /// The layer.
    /// - Parameters:
    ///   - beta: β, how sharp the bend at 0 is; finite, not 0.
    ///   - threshold: Where the ramp counts as straight.
    public init(beta: Double = 1, threshold: Double = 20) {
        super.init(mistake: .dividing(by: "beta", beta)) { $0.softplus(beta: beta, threshold: threshold) }
    }

    static let component = Component<any Layer>(
        "Softplus", "ln(1 + e^(βx)) / β, a smooth ramp.",
        Field("beta", default: 1.0, "β, how sharp the bend at 0 is; not 0."),
        Field("threshold", default: 20.0, "The βx above which the ramp counts as straight.")
    ) { beta, threshold in try Softplus(beta: beta, threshold: threshold).checked() }
}
