// SPDX-License-Identifier: Apache-2.0
public import KindlingEngine

/// Samples that go through the model together.
public struct Batch: Sendable {
    /// What the model is given: `[count, …]`.
    public var inputs: Tensor
    /// What it should answer: class numbers, int64 `[count]`, or real numbers, float32 `[count, …]`.
    public var targets: Tensor
    /// The samples' numbers in the data set that they come from, in the batch's order.
    public var indices: [Int]

    /// Puts samples together.
    public init(inputs: Tensor, targets: Tensor, indices: [Int]) {
        self.inputs = inputs
        self.targets = targets
        self.indices = indices
    }

    /// The number of samples.
    public var count: Int { indices.count }

    /// The same samples on another device.
    /// - Throws: `TensorError` when the device has no memory left or fails.
    public func copied(to device: Device) throws -> Batch {
        Batch(
            inputs: try inputs.copied(to: device), targets: try targets.copied(to: device), indices: indices)
    }
}
