// SPDX-License-Identifier: Apache-2.0
public import KindlingEngine

/// A figure that says how good outputs are, for people rather than for gradients.
public protocol Metric: Sendable {
    /// The name in logs: `accuracy`.
    var name: String { get }
    /// Whether more is better: what checkpoints and early stopping go by.
    var higherIsBetter: Bool { get }
    /// The figure of one batch, shape []. Means over a run weight each batch by its samples.
    func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor
}
