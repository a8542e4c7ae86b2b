// SPDX-License-Identifier: Apache-2.0

/// What went wrong with data: what, in which file and line, and the way out.
public struct DataError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of mistake.
    ///
    /// An open set: new kinds break nobody's `switch`.
    public struct Code: Sendable, Hashable {
        private enum Kind: Sendable, Hashable {
            case notFound, unreadable, malformed, truncated, tooLarge, mismatch, value, index
        }
        private let kind: Kind

        /// A data set, file or folder that is nowhere.
        public static let notFound = Code(kind: .notFound)
        /// A file that is there but cannot be read.
        public static let unreadable = Code(kind: .unreadable)
        /// Contents that are not of the format expected.
        public static let malformed = Code(kind: .malformed)
        /// A file that ends too early.
        public static let truncated = Code(kind: .truncated)
        /// A file that is, or claims to be, larger than allowed.
        public static let tooLarge = Code(kind: .tooLarge)
        /// Files or tensors that do not belong together.
        public static let mismatch = Code(kind: .mismatch)
        /// An option outside its range.
        public static let invalidValue = Code(kind: .value)
        /// A sample that the data set does not have.
        public static let indexOutOfRange = Code(kind: .index)
    }

    /// The kind of mistake.
    public var code: Code
    /// The file or folder; empty where there is none.
    public var path: String
    /// The line, from 1; 0 where there are no lines.
    public var line: Int
    /// The column, from 1, counted in characters; 0 where only the line is known.
    public var column: Int
    /// What is wrong, with the offending values.
    public var what: String
    /// What to do about it, in the imperative; empty when there is nothing to say.
    public var remedy: String

    /// Describes a mistake.
    public init(_ code: Code, path: String = "", line: Int = 0, column: Int = 0, _ what: String, remedy: String = "") {
        self.code = code
        self.path = path
        self.line = line
        self.column = column
        self.what = what
        self.remedy = remedy
    }

    /// `datasets/iris/iris.csv:12: expected 5 columns, found 4; …`.
    public var description: String {
        var text = path
        if line > 0 { text += ":\(line)" }
        if line > 0, column > 0 { text += ":\(column)" }
        if !text.isEmpty { text += ": " }
        text += what
        return remedy.isEmpty ? text : "\(text); \(remedy)"
    }
}
