// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
public import KindlingData
public import KindlingEngine

/// Samples that are tensors already, as a data module.
///
///     let data = TensorData(x, y, batchSize: 32, validationSplit: 0.2)
///     let result = try await Trainer(limit: .epochs(5)).fit(module, data: data)
public struct TensorData: DataModule {
    private let training: (inputs: Tensor, targets: Tensor)
    private let validation: (inputs: Tensor, targets: Tensor)?
    private let batchSize: Int
    private let validationSplit: Double
    private let shuffle: Bool

    /// Describes the data; shapes are checked when batches are made.
    /// - Parameters:
    ///   - inputs: `[N, …]`.
    ///   - targets: `[N]` or `[N, …]`.
    ///   - batchSize: Samples in a batch.
    ///   - validationSplit: The share of the last samples that is watched instead of learned from, as in Keras.
    ///   - validation: Samples to watch; nothing is split off then.
    ///   - shuffle: Whether training samples come in random order.
    public init(
        _ inputs: Tensor, _ targets: Tensor, batchSize: Int = 32, validationSplit: Double = 0,
        validation: (inputs: Tensor, targets: Tensor)? = nil, shuffle: Bool = true
    ) {
        training = (inputs, targets)
        self.batchSize = batchSize
        self.validationSplit = validationSplit
        self.validation = validation
        self.shuffle = shuffle
    }

    /// `TensorData`.
    public var name: String { "TensorData" }

    /// The shape of one sample.
    public var info: DataInfo {
        let counts = parts
        return DataInfo(
            inputShape: Shape(training.inputs.shape.dimensions.dropFirst()), inputDType: training.inputs.dtype,
            sampleCounts: SampleCounts(training: counts.learned, validation: counts.watched))
    }

    /// Divides the samples.
    ///
    /// All of them are there to test on and to predict, in their order.
    /// - Throws: `DataError` when inputs and targets are not equally many, or the split leaves nothing to learn from.
    public func setup() throws -> DataSplits {
        guard validationSplit >= 0, validationSplit < 1 else {
            throw DataError(
                .invalidValue, "validationSplit \(validationSplit) is not at least 0 and below 1",
                remedy: "give the share of samples to watch, such as 0.2")
        }
        let all = try TensorDataset(features: training.inputs, targets: training.targets)
        let (learned, watched) = parts
        func loader(_ dataset: any Dataset, shuffle: Bool = false) -> DataLoader {
            DataLoader(dataset, batchSize: batchSize, shuffle: shuffle)
        }
        let last: (any Dataset)? =
            if let validation {
                try TensorDataset(features: validation.inputs, targets: validation.targets)
            } else {
                watched > 0 ? try Subset(all, indices: Array(learned..<all.count)) : nil
            }
        let first: any Dataset = learned == all.count ? all : try Subset(all, indices: Array(0..<learned))
        return DataSplits(
            training: loader(first, shuffle: shuffle), validation: last.map { loader($0) }, test: loader(all),
            predict: loader(all),
            fingerprint: "TensorData: inputs \(training.inputs.shape), targets \(training.targets.shape), \(learned)"
                + " learned from, \(watched) watched")
    }

    private var parts: (learned: Int, watched: Int) {
        let count = training.inputs.rank > 0 ? training.inputs.shape[0] : 0
        if let validation { return (count, validation.inputs.rank > 0 ? validation.inputs.shape[0] : 0) }
        guard validationSplit > 0, validationSplit < 1 else { return (count, 0) }
        // As Keras counts: what is learned from is rounded down.
        let learned = Int(Double(count) * (1 - validationSplit))
        return (learned, count - learned)
    }
}
