// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// Zeroes a random share of the features while training and scales the rest by 1 / (1 − rate), so that their mean stays
/// (Srivastava and others 2014).
///
/// Does nothing in evaluation. Output: the input's shape.
///
/// The choice follows from the run's seed, the epoch and the step alone.
public final class Dropout: Layer {
    private let rate: Double

    /// A layer that zeroes a share.
    /// - Parameter rate: The share, in 0 ..< 1; other numbers are brought into that range.
    public init(rate: Double = 0.5) { self.rate = min(max(0, rate), 0.999_999) }

    /// The input with some features zeroed.
    public func forward(_ input: Tensor) -> Tensor {
        guard rate > 0, ForwardContext.phase == .training else { return input }
        return ForwardContext.withRandom { stream in
            let kept = Tensor.bernoulli(
                input.shape, probability: 1 - rate, from: &stream, dtype: input.dtype, on: input.device)
            return input * kept * (1 / (1 - rate))
        }
    }

    static let component = Component<any Layer>(
        "Dropout", "Zeroes a random share of the features while training.",
        Field("rate", default: 0.5, in: .fractionBelowOne, "Share that is zeroed.")
    ) { rate in Dropout(rate: rate) }
}
