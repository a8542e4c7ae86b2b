// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// x where it is positive, else slope · x with a slope drawn anew for each element in training (Xu and others 2015).
///
/// Slopes spread evenly over [lower, upper); in evaluation all are their mean. Output: the input's shape. The choice
/// follows from the run's seed, the epoch and the step alone.
///
///     RReLU()(Tensor([-1.0, 0, 2]))     // [-0.2292, 0, 2]
public final class RReLU: Layer {
    private let lower: Double
    private let upper: Double
    private let mistake: LayerError?

    /// The layer.
    /// - Parameters:
    ///   - lower: The least slope.
    ///   - upper: The largest slope, not below `lower`.
    public init(lower: Double = 0.125, upper: Double = 1.0 / 3) {
        self.lower = lower
        self.upper = upper
        mistake = LayerError.found { () throws(LayerError) in try RReLU.check(lower, upper) }
    }

    private static func check(_ lower: Double, _ upper: Double) throws(LayerError) {
        guard (upper - lower).isFinite else { throw LayerError("lower", lower, must: "be finite, as must upper") }
        guard lower <= upper else { throw LayerError("upper", upper, must: "not lie below lower, \(lower)") }
    }

    /// The input with what is not positive flattened.
    public func forward(_ input: Tensor) -> Tensor {
        if let mistake { return input.refused(mistake, by: "RReLU") }
        guard ForwardContext.phase == .training else { return input.rrelu(slopes: lower...upper) }
        return ForwardContext.withRandom { stream in
            let slopes = Tensor.uniform(
                input.shape, low: lower, high: upper, from: &stream, dtype: input.dtype, on: input.device)
            return input.selected(where: input .> 0, else: input * slopes)
        }
    }

    static let component = Component<any Layer>(
        "RReLU", "A leaky ReLU with slopes drawn anew while training.",
        Field("lower", default: 0.125, "The least slope."),
        Field("upper", default: 1.0 / 3, "The largest slope.")
    ) { lower, upper in
        try check(lower, upper)
        return RReLU(lower: lower, upper: upper)
    }
}
