// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// Zeroes whole samples at random while training and scales the rest by 1 / (1 − rate): stochastic depth (Huang and
/// others 2016).
///
/// Placed at the end of a residual branch, it skips the branch for some samples. Shapes: `[N, …]` → the same. Does
/// nothing in evaluation. torchvision's `StochasticDepth` in mode `row`.
///
///     DropPath(rate: 0.1)
public final class DropPath: Layer {
    private let rate: Double
    private let mistake: LayerError?

    /// A layer that zeroes a share of the samples.
    /// - Parameter rate: The share, in 0 ... 1.
    public init(rate: Double = 0.1) {
        self.rate = rate
        mistake = .found { () throws(LayerError) in try checkRate("rate", rate) }
    }

    /// The input with some samples zeroed.
    public func forward(_ input: Tensor) -> Tensor {
        if let mistake { return input.refused(mistake, by: "DropPath") }
        guard input.rank >= 1 else {
            return .failed(
                TensorError(
                    .shapeMismatch, operation: "DropPath", "a scalar has no axis of samples", remedy: "give [N, …]"),
                input.spec)
        }
        return input.keepingParts(leading: 1, rate: rate)
    }

    static let component = Component<any Layer>(
        "DropPath", "Zeroes whole samples at random while training: stochastic depth.",
        Field("rate", default: 0.1, in: .fraction, "Share of the samples that is zeroed.")
    ) { rate in DropPath(rate: rate) }
}
