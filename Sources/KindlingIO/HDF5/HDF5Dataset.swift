// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend

/// A dataset of numbers as a value: what kind, how many along which axes, and the bytes themselves.
public struct HDF5Dataset: Sendable, Hashable {
    /// The type of the elements.
    public var dtype: DType
    /// The sizes along the axes, outermost first.
    public var shape: Shape
    /// The elements, little-endian, the last axis changing fastest.
    public var bytes: [UInt8]
    /// Texts that go with it, by name.
    public var attributes: [String: String]

    /// Puts a dataset together; that bytes and shape agree is checked when it is written.
    public init(dtype: DType, shape: Shape, bytes: [UInt8], attributes: [String: String] = [:]) {
        self.dtype = dtype
        self.shape = shape
        self.bytes = bytes
        self.attributes = attributes
    }

    /// A dataset of the elements given, which must be laid out as `dtype` says.
    public init<Element: BitwiseCopyable>(
        _ elements: [Element], dtype: DType, shape: Shape, attributes: [String: String] = [:]
    ) {
        self.init(dtype: dtype, shape: shape, bytes: elements.withUnsafeBytes { Array($0) }, attributes: attributes)
    }
}

/// What a dataset in a file is, without its numbers.
public struct HDF5Description: Sendable, Hashable {
    /// What a dataset holds.
    public enum Content: Sendable, Hashable {
        /// Numbers: the type they have once read, and their shape.
        case tensor(DType, Shape)
        /// One text in UTF-8.
        case text
    }

    /// Where it is in the file: `layers/dense/vars/0`.
    public var path: String
    /// What it holds.
    public var content: Content
    /// Bytes that it takes in memory once read.
    public var byteCount: Int
    /// Texts that go with it, by name, without those that Kindling keeps for itself.
    public var attributes: [String: String]
    /// The checksum that was written with it, or nil when another program wrote it.
    public var checksum: UInt64?
}

/// An entry of a group.
public struct HDF5Child: Sendable, Hashable {
    /// What an entry is.
    public enum Kind: Sendable, Hashable {
        /// A group of further entries.
        case group
        /// Numbers or a text.
        case dataset
    }

    /// Its name in the group.
    public var name: String
    /// What it is.
    public var kind: Kind

    /// An entry of that name and kind.
    public init(name: String, kind: Kind) {
        self.name = name
        self.kind = kind
    }
}

/// The bounds within which a file is read.
public struct HDF5Limits: Sendable, Hashable {
    /// The largest number of entries that a walk through the file visits.
    public var entries = 1_000_000
    /// The largest text, in bytes.
    public var textBytes = 64 << 20
    /// The largest piece of a chunked dataset, in bytes.
    public var chunkBytes = 64 << 20

    /// The default bounds.
    public init() {}
}

/// Attributes that Kindling keeps for itself, and what its checksums cover.
enum HDF5Convention {
    /// Names the element type where HDF5 has none of that kind; Keras does so for bfloat16.
    static let dtypeAttribute = "dtype"
    static let checksumAttribute = "kindling.checksum"

    /// `xxh64:` and sixteen hexadecimal digits.
    static func attribute(checksum: UInt64) -> String { "xxh64:" + Checksum.hexadecimal(checksum) }

    static func checksum(attribute: String) -> UInt64? {
        guard attribute.hasPrefix("xxh64:"), attribute.utf8.count == 22 else { return nil }
        return UInt64(attribute.dropFirst(6), radix: 16)
    }

    /// The seed of a dataset's checksum, which ties its bytes to their place, type and shape:
    /// the XXH64 of `layers/dense/vars/0 float32 784,10`, or of `path text` for a text.
    static func seed(path: String, content: HDF5Description.Content) -> UInt64 {
        switch content {
        case .tensor(let dtype, let shape):
            Checksum.of("\(path) \(dtype.name) \(shape.dimensions.map(String.init).joined(separator: ","))")
        case .text: Checksum.of("\(path) text")
        }
    }
}
