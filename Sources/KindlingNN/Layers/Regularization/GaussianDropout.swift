// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// Multiplies by random numbers around 1 while training (Srivastava and others 2014, section 10).
///
/// y = x · n, n by Gauss' bell curve with mean 1 and standard deviation √(rate / (1 − rate)): the noise of dropout of the
/// same rate. Does nothing in evaluation. Output: the input's shape.
///
///     GaussianDropout(rate: 0.1)
public final class GaussianDropout: Layer {
    private let rate: Double
    private let mistake: LayerError?

    /// A layer that multiplies by noise.
    /// - Parameter rate: That of the dropout it stands for, in 0 ..< 1.
    public init(rate: Double = 0.5) {
        self.rate = rate
        mistake = .found { () throws(LayerError) in
            guard rate >= 0, rate < 1 else { throw LayerError("rate", rate, must: "be in 0 ..< 1") }
        }
    }

    /// The input times noise.
    public func forward(_ input: Tensor) -> Tensor {
        if let mistake { return input.refused(mistake, by: "GaussianDropout") }
        guard rate > 0, ForwardContext.phase == .training else { return input }
        return ForwardContext.withRandom { stream in
            input
                * Tensor.normal(
                    input.shape, mean: 1, standardDeviation: (rate / (1 - rate)).squareRoot(), from: &stream,
                    dtype: input.dtype, on: input.device)
        }
    }

    static let component = Component<any Layer>(
        "GaussianDropout", "Multiplies by random numbers around 1 while training.",
        Field("rate", default: 0.5, in: .fractionBelowOne, "Rate of the dropout whose noise it has.")
    ) { rate in GaussianDropout(rate: rate) }
}
