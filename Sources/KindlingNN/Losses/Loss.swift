// SPDX-License-Identifier: Apache-2.0
public import KindlingEngine

/// How wrong outputs are: one number to be made small.
///
///     let loss: any Loss = CrossEntropy(smoothing: 0.1)
///     let value = loss(model(batch.inputs), batch.targets)
public protocol Loss: Sendable {
    /// The loss of a batch; shape [], unless a loss has a reduction and it is `.none`.
    func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor
}
