// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// Adds random numbers by Gauss' bell curve while training: y = x + n, n with mean 0.
///
/// Does nothing in evaluation. Output: the input's shape.
///
///     GaussianNoise(standardDeviation: 0.1)
public final class GaussianNoise: Layer {
    private let standardDeviation: Double
    private let mistake: LayerError?

    /// A layer that adds noise.
    /// - Parameter standardDeviation: The noise's, 0 or more, in the input's unit.
    public init(standardDeviation: Double = 0.1) {
        self.standardDeviation = standardDeviation
        mistake = .found { () throws(LayerError) in
            guard standardDeviation >= 0, standardDeviation.isFinite else {
                throw LayerError("standardDeviation", standardDeviation, must: "be a number of 0 or more")
            }
        }
    }

    /// The input with noise.
    public func forward(_ input: Tensor) -> Tensor {
        if let mistake { return input.refused(mistake, by: "GaussianNoise") }
        guard standardDeviation > 0, ForwardContext.phase == .training else { return input }
        return ForwardContext.withRandom { stream in
            input
                + Tensor.normal(
                    input.shape, standardDeviation: standardDeviation, from: &stream, dtype: input.dtype,
                    on: input.device)
        }
    }

    static let component = Component<any Layer>(
        "GaussianNoise", "Adds random numbers by Gauss' bell curve while training.",
        Field("standardDeviation", default: 0.1, in: .nonNegative, "The noise's standard deviation.")
    ) { standardDeviation in GaussianNoise(standardDeviation: standardDeviation) }
}
