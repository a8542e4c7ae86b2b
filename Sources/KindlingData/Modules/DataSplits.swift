// SPDX-License-Identifier: Apache-2.0

/// What a data module gives: a loader for each purpose, nil where the data has no part for it.
public struct DataSplits: Sendable {
    /// Samples that are learned from.
    public var training: DataLoader?
    /// Samples that are watched while learning.
    public var validation: DataLoader?
    /// Samples kept for the end.
    public var test: DataLoader?
    /// Samples to predict, in the order in which the file has them.
    public var predict: DataLoader?
    /// What inputs went through, so that others' samples can be treated alike; nil when nothing.
    public var normalization: Standardization?
    /// Names the contents and how they were split, equal wherever the same samples are read; kept in checkpoints.
    public var fingerprint: String
    /// The symbols that tokens stand for, kept in checkpoints; nil for other data than text.
    public var vocabulary: Vocabulary?

    /// Puts loaders together.
    public init(
        training: DataLoader? = nil, validation: DataLoader? = nil, test: DataLoader? = nil,
        predict: DataLoader? = nil, normalization: Standardization? = nil, fingerprint: String,
        vocabulary: Vocabulary? = nil
    ) {
        self.training = training
        self.validation = validation
        self.test = test
        self.predict = predict
        self.normalization = normalization
        self.fingerprint = fingerprint
        self.vocabulary = vocabulary
    }

    /// How many samples each split has.
    public var sampleCounts: SampleCounts {
        SampleCounts(
            training: training?.sampleCount ?? 0, validation: validation?.sampleCount ?? 0,
            test: test?.sampleCount ?? 0, predict: predict?.sampleCount ?? 0)
    }
}
