// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// x cut to a range: the hyperbolic tangent in three straight pieces (Collobert 2004).
///
/// Output: the input's shape. No gradient flows where it is cut, nor at the ends of the range.
///
///     HardTanh()(Tensor([-1.0, 0, 2]))     // [-1, 0, 1]
public final class HardTanh: ParameterlessLayer {
    /// The layer.
    /// - Parameters:
    ///   - lower: The least number that comes out.
    ///   - upper: The largest, not below `lower`.
    public init(lower: Double = -1, upper: Double = 1) {
        let range = lower <= upper ? lower...upper : nil
        super.init(mistake: range == nil ? LayerError("upper", upper, must: "not lie below lower, \(lower)") : nil) {
            input in range.map { input.hardTanh($0) } ?? input
        }
    }

    static let component = Component<any Layer>(
        "HardTanh", "x cut to a range.",
        Field("lower", default: -1.0, "The least number that comes out."),
        Field("upper", default: 1.0, "The largest number that comes out.")
    ) { lower, upper in try HardTanh(lower: lower, upper: upper).checked() }
}
