// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
public import KindlingEngine

/// A layer that looks at the training data once, before training: Keras' `adapt`.
///
/// What it finds is kept in buffers and so is saved with the model. Validation and prediction then treat their inputs as
/// the training data were treated.
///
///     let normalization = Normalization()
///     try normalization.adapt(trainingInputs)                       // one tensor
///     try normalization.adapt { try batches.next()?.inputs }        // or batch after batch
public protocol FittedLayer: Layer {
    /// Begins anew: what was found so far does not count.
    func forgetData()

    /// Takes a batch into account, `[N, …]`, besides those since ``forgetData()``.
    /// - Throws: `TensorError` when the batch is empty, has numbers that are not finite, or another shape than before.
    func observe(_ batch: Tensor) throws
}

extension FittedLayer {
    /// Looks at data that are one tensor, `[N, …]`; what was found before is forgotten.
    public func adapt(_ data: Tensor) throws {
        forgetData()
        try observe(data)
    }

    /// Looks at data that come in batches, until there are none; what was found before is forgotten.
    /// - Throws: what `next` throws, and `TensorError` when there is no batch at all.
    public func adapt(_ next: () throws -> Tensor?) throws {
        forgetData()
        var isEmpty = true
        while let batch = try next() {
            try observe(batch)
            isEmpty = false
        }
        guard !isEmpty else {
            throw TensorError(
                .invalidValue, operation: "adapt", "there are no data to look at", remedy: "give at least one batch")
        }
    }
}

/// The numbers of a batch, checked.
func finiteNumbers(_ batch: Tensor) throws -> [Double] {
    let numbers = try batch.array(of: Double.self)
    guard !numbers.isEmpty else {
        throw TensorError(
            .invalidValue, operation: "adapt", "a batch of shape \(batch.shape) has no numbers",
            remedy: "leave empty batches out")
    }
    if let place = numbers.firstIndex(where: { !$0.isFinite }) {
        throw TensorError(
            .notFinite, operation: "adapt", "the data have a \(numbers[place]) (element \(place) in row-major order)",
            remedy: "replace or leave out what is missing before the layer looks at it")
    }
    return numbers
}

extension Tensor {
    /// Whole numbers as float32, real ones as they are.
    var real: Tensor { dtype.isFloatingPoint ? self : converted(to: .float32) }
}
