// SPDX-License-Identifier: Apache-2.0
public import KindlingEngine

/// How wrong outputs are: one number to be made small.
public protocol Loss: Sendable {
    /// The mean loss of a batch; shape [].
    func callAsFunction(_ outputs: Tensor, _ targets: Tensor) -> Tensor
}
