// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// Zeroes a random share of the features while training and scales the rest by 1 / (1 − rate), so that their mean stays
/// (Srivastava and others 2014).
///
/// Does nothing in evaluation. Output: the input's shape.
///
/// The choice follows from the run's seed, the epoch and the step alone.
///
///     Dropout(rate: 0.1)
public final class Dropout: Layer {
    private let rate: Double
    private let mistake: LayerError?

    /// A layer that zeroes a share.
    /// - Parameter rate: The share, in 0 ... 1.
    public init(rate: Double = 0.5) {
        self.rate = rate
        mistake = .found { () throws(LayerError) in try checkRate("rate", rate) }
    }

    /// The input with some features zeroed.
    public func forward(_ input: Tensor) -> Tensor {
        if let mistake { return input.refused(mistake, by: "Dropout") }
        guard rate > 0, ForwardContext.phase == .training else { return input }
        return ForwardContext.withRandom { input.dropout(probability: rate, from: &$0) }
    }

    static let component = Component<any Layer>(
        "Dropout", "Zeroes a random share of the features while training.",
        Field("rate", default: 0.5, in: .fraction, "Share that is zeroed.")
    ) { rate in Dropout(rate: rate) }
}
