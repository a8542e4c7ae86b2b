// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend

/// What is known of a data module before its files are read: for model checks, summaries and predictions in words.
public struct DataInfo: Sendable, Hashable {
    /// The shape of one sample, without the batch's axis.
    public var inputShape: Shape
    /// The element type of inputs as the model gets them.
    public var inputDType: DType
    /// The shape of one target, without the batch's axis: `[]` for a class; nil when it is not known before reading.
    public var targetShape: Shape?
    /// The element type of targets.
    public var targetDType: DType
    /// Why the shape of inputs is only known from the files; nil when `inputShape` can be relied on.
    public var unknownShape: String?
    /// The names of a table's columns; empty for pictures.
    public var featureNames: [String]
    /// The names of the classes, in the order of their numbers; empty for targets that are no classes.
    public var classNames: [String]
    /// How many samples each split has with the files as published.
    public var sampleCounts: SampleCounts

    /// Describes samples.
    ///
    /// Targets are classes where classes are named, and of unknown shape otherwise, unless they are described.
    public init(
        inputShape: Shape, inputDType: DType = .float32, targetShape: Shape? = nil, targetDType: DType? = nil,
        unknownShape: String? = nil, featureNames: [String] = [], classNames: [String] = [],
        sampleCounts: SampleCounts
    ) {
        self.targetShape = targetShape ?? (classNames.isEmpty ? nil : [])
        self.targetDType = targetDType ?? (classNames.isEmpty ? .float32 : .int64)
        self.unknownShape = unknownShape
        self.inputShape = inputShape
        self.inputDType = inputDType
        self.featureNames = featureNames
        self.classNames = classNames
        self.sampleCounts = sampleCounts
    }
}

/// How many samples each split has; 0 where there is no such split.
public struct SampleCounts: Sendable, Hashable {
    /// Samples that are learned from.
    public var training: Int
    /// Samples that are watched while learning.
    public var validation: Int
    /// Samples kept for the end.
    public var test: Int
    /// Samples to predict.
    public var predict: Int

    /// Counts samples.
    public init(training: Int = 0, validation: Int = 0, test: Int = 0, predict: Int = 0) {
        self.training = training
        self.validation = validation
        self.test = test
        self.predict = predict
    }
}
