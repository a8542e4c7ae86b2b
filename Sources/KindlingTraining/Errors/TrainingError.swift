// SPDX-License-Identifier: Apache-2.0

/// Why a run cannot begin or go on: what, where, and the way out.
public struct TrainingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of mistake.
    ///
    /// An open set: new kinds break nobody's `switch`.
    public struct Code: Sendable, Hashable {
        private enum Kind: Sendable, Hashable { case step, loss, data, metric, kind, checkpoint, folder, option }
        private let kind: Kind

        /// A step that the module does not have.
        public static let missingStep = Code(kind: .step)
        /// A training step that gave no usable loss.
        public static let badLoss = Code(kind: .loss)
        /// A split that the data does not have, or that is empty.
        public static let missingData = Code(kind: .data)
        /// A metric that is asked for and was never logged.
        public static let unknownMetric = Code(kind: .metric)
        /// A figure that is logged in two ways, or that is no number.
        public static let badMetric = Code(kind: .kind)
        /// A checkpoint that does not fit, or cannot be found.
        public static let badCheckpoint = Code(kind: .checkpoint)
        /// A run folder that cannot be made.
        public static let badFolder = Code(kind: .folder)
        /// An option outside its range.
        public static let badOption = Code(kind: .option)
    }

    /// The kind of mistake.
    public var code: Code
    /// What is wrong, with the offending values.
    public var what: String
    /// What to do about it, in the imperative; empty when there is nothing to say.
    public var remedy: String

    /// Describes a mistake.
    public init(_ code: Code, _ what: String, remedy: String = "") {
        self.code = code
        self.what = what
        self.remedy = remedy
    }

    /// What is wrong; and the way out.
    public var description: String { remedy.isEmpty ? what : "\(what); \(remedy)" }
}
