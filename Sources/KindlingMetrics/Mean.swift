// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
public import KindlingEngine

/// The mean over all samples of whatever a function says of a batch.
///
///     let shortness = Mean("shortness") { outputs, _ in outputs.abs().mean() }
public struct Mean: Metric {
    /// The name in logs.
    public let name: String
    /// Whether more is better.
    public let higherIsBetter: Bool
    private let body: @Sendable (Tensor, Tensor) -> Tensor

    /// The mean of a function's results, each weighted by the samples of its batch.
    /// - Parameters:
    ///   - name: The name in logs.
    ///   - higherIsBetter: Whether more is better.
    ///   - body: The mean over a batch, one number.
    public init(
        _ name: String, higherIsBetter: Bool = false, _ body: @escaping @Sendable (Tensor, Tensor) -> Tensor
    ) {
        self.name = name
        self.higherIsBetter = higherIsBetter
        self.body = body
    }

    /// The batch's number times its samples.
    public func figures(_ outputs: Tensor, _ targets: Tensor) throws(TensorError) -> BatchFigures {
        let result = body(outputs, targets)
        guard result.elementCount == 1 else {
            throw TensorError(
                .shapeMismatch, operation: name, "a tensor of shape \(result.shape) is not one number",
                remedy: "reduce it: mean()")
        }
        let samples = outputs.rank == 0 ? 1 : outputs.shape[0]
        return BatchFigures(samples: samples, result.forSums * Double(samples))
    }

    /// The mean.
    public func value(of sums: [Double], samples: Double) throws(TensorError) -> Double {
        guard sums.count == 1 else { throw foreign(sums) }
        return sums[0] / samples
    }
}
