// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// x where it is above a threshold, else a number in its place.
///
/// Output: the input's shape.
///
///     Threshold(0.5, value: -1)(x)        // 0.3, 2 → −1, 2
public final class Threshold: ParameterlessLayer {
    /// The layer.
    /// - Parameters:
    ///   - threshold: What x must exceed to stay.
    ///   - value: What stands in for the rest.
    public init(_ threshold: Double, value: Double) { super.init { $0.thresholded(at: threshold, else: value) } }

    static let component = Component<any Layer>(
        "Threshold", "x where it is above a threshold, else a number in its place.",
        Field<Double>(required: "threshold", "What x must exceed to stay."),
        Field<Double>(required: "value", "What stands in for the rest.")
    ) { threshold, value in Threshold(threshold, value: value) }
}
