// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// x where it is positive, else α (eˣ − 1) (Clevert and others 2015).
///
/// Output: the input's shape.
///
///     ELU()(Tensor([-1.0, 0, 2]))     // [-0.6321, 0, 2]
public final class ELU: ParameterlessLayer {
    /// The layer.
    /// - Parameter alpha: Where the curve ends on the left is −α.
    public init(alpha: Double = 1) { super.init { $0.elu(alpha: alpha) } }

    static let component = Component<any Layer>(
        "ELU", "The exponential linear unit (Clevert and others 2015).",
        Field("alpha", default: 1.0, "Where the curve ends on the left is −α.")
    ) { alpha in ELU(alpha: alpha) }
}
