// SPDX-License-Identifier: Apache-2.0

/// What went wrong with a file: which one, what, and the way out.
public struct FileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of failure.
    ///
    /// An open set: new kinds break nobody's `switch`.
    public struct Code: Sendable, Hashable {
        private enum Kind: Sendable, Hashable {
            case missing, unreadable, corrupt, refused, unsupported, invalid, notWritable, diskFull, mismatch
        }
        private let kind: Kind

        /// A file, folder or entry that is not there.
        public static let missing = Code(kind: .missing)
        /// A file that the system does not let us read.
        public static let unreadable = Code(kind: .unreadable)
        /// Contents that are damaged: truncated, inconsistent, or not what their checksum says.
        public static let corrupt = Code(kind: .corrupt)
        /// Contents that are not opened for safety: links, other files' storage, absurd sizes.
        public static let refused = Code(kind: .refused)
        /// Contents that are sound and that Kindling has no use for: a compound type, an unsigned 64-bit integer.
        public static let unsupported = Code(kind: .unsupported)
        /// An argument of the caller that cannot be: a name with a slash, too few bytes for a shape.
        public static let invalidArgument = Code(kind: .invalid)
        /// A place that the system does not let us write to.
        public static let notWritable = Code(kind: .notWritable)
        /// No space, or no quota, left where the file should go.
        public static let diskFull = Code(kind: .diskFull)
        /// Contents that were written and read back differently.
        public static let mismatch = Code(kind: .mismatch)
    }

    /// The kind of failure.
    public var code: Code
    /// The file, or what stands for it in messages when there is none.
    public var path: String
    /// The group or dataset inside the file, as `layers/dense/vars/0`; empty when it is about the whole file.
    public var entry: String
    /// What is wrong, with the offending values.
    public var what: String
    /// What to do about it, in the imperative; empty when there is nothing to say.
    public var remedy: String
    /// What the system or the HDF5 library said; empty when the finding is our own.
    public var cause: String

    /// Describes a failure.
    public init(
        _ code: Code, path: String, entry: String = "", _ what: String, remedy: String = "", cause: String = ""
    ) {
        self.code = code
        self.path = path
        self.entry = entry
        self.what = what
        self.remedy = remedy
        self.cause = cause
    }

    /// `runs/7/last.h5: 'layers/dense/vars/0' fails its checksum (…); load the intact previous checkpoint`.
    public var description: String {
        var text = path + ": "
        if !entry.isEmpty { text += "'\(entry)' " }
        text += what
        if !cause.isEmpty { text += " (\(cause))" }
        if !remedy.isEmpty { text += "; \(remedy)" }
        return text
    }
}
