// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// (x + √(x² + b)) / 2, a smooth ramp without exponentials (Barron 2021).
///
/// Output: the input's shape.
///
///     Squareplus()(Tensor([-1.0, 0, 2]))     // [0.618, 1, 2.4142]
public final class Squareplus: ParameterlessLayer {
    /// The layer.
    /// - Parameter bend: b, how wide the bend at 0 is, not negative; 4 gives 1 at 0, as in Keras.
    public init(bend: Double = 4) {
        super.init(mistake: bend >= 0 ? nil : LayerError("bend", bend, must: "be 0 or more")) {
            $0.squareplus(bend: bend)
        }
    }

    static let component = Component<any Layer>(
        "Squareplus", "(x + √(x² + b)) / 2, a smooth ramp.",
        Field("bend", default: 4.0, in: .nonNegative, "b, how wide the bend at 0 is.")
    ) { bend in Squareplus(bend: bend) }
}
