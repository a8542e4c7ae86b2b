// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// The mean of (output − target)² over all elements; result [].
public struct MeanSquaredError: Loss {
    /// The loss; it has no arguments.
    public init() {}

    /// The mean loss.
    ///
    /// Outputs and targets must have one shape.
    public func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor { meanSquaredError(outputs, targets) }

    static let component = Component<any Loss>(
        "MeanSquaredError", "The mean squared difference between outputs and targets."
    ) { MeanSquaredError() }
}

/// The mean of (output − target)² over all elements; shape [].
///
/// Shapes must be equal: a loss that broadcast `[N, 1]` against `[N]` would be wrong without anybody noticing.
public func meanSquaredError(_ outputs: Tensor, _ targets: Tensor) -> Tensor {
    outputs.requiring(shapeOf: targets, "meanSquaredError") { (outputs - targets).squared().mean() }
}
