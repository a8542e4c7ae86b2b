// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import KindlingBackend
public import KindlingEngine

/// Reads a safetensors file, the format in which PyTorch's and Hugging Face's models travel.
///
/// 8 bytes of length, a JSON header of so many bytes, and the tensors' bytes, little-endian and row-major, one behind
/// the other. The whole header is checked when the file is opened: names come once, sizes agree with types and shapes,
/// and every byte belongs to exactly one tensor. Numbers are read when they are asked for.
///
///     let file = try SafetensorsFile(path: "resnet18.safetensors")
///     let weight = try file.tensor("conv1.weight")
public final class SafetensorsFile: Sendable {
    /// What a tensor in the file is, without its numbers.
    public struct Description: Sendable, Hashable {
        /// The name.
        public let name: String
        /// The element type as the file names it: `F32`.
        public let dtype: String
        /// The sizes along the axes, outermost first.
        public let dimensions: [Int]
    }

    /// The file's name in messages.
    public let path: String
    /// Texts that go with the tensors, by name.
    public let metadata: [String: String]
    private let entries: [SafetensorsEntry]
    private let places: [String: Int]
    private let descriptor: Int32
    private let source: ByteSource
    private let dataStart: Int

    /// Opens a file on disk and checks its header.
    /// - Throws: ``FileError``: `missing`, `unreadable`, `corrupt`, or `unsupported` for a type nobody knows.
    public init(path: String) throws(FileError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileError.reading(path, "open", errno: errno) }
        do throws(FileError) {
            let source = try ByteSource(file: descriptor, path: path)
            let header = try SafetensorsFile.header(of: source)
            dataStart = 8 + header.count
            let parsed = try SafetensorsHeader(header, path: path)
            for entry in parsed.entries { try entry.check(path: path) }
            try SafetensorsEntry.check(parsed.entries, dataByteCount: source.byteCount - dataStart, path: path)
            entries = parsed.entries
            metadata = parsed.metadata
            self.source = source
        } catch {
            close(descriptor)  // opened for reading: nothing is lost
            throw error
        }
        self.path = path
        self.descriptor = descriptor
        places = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.name, $0) })
    }

    deinit { close(descriptor) }

    /// The tensors, in the header's order.
    public var descriptions: [Description] {
        entries.map { Description(name: $0.name, dtype: $0.dtype.name, dimensions: $0.dimensions) }
    }

    /// The tensor of a name, on the current device.
    /// - Throws: ``FileError``: `missing` with the nearest facts, `unsupported` for a type or rank that tensors here
    ///   have not, `corrupt` for a truth value that is neither 0 nor 1.
    public func tensor(_ name: String) throws(FileError) -> Tensor {
        guard let place = places[name] else {
            throw FileError(
                .missing, path: path, entry: name, "is not among its \(entries.count) tensors",
                remedy: "choose one of descriptions")
        }
        return try tensor(of: entries[place])
    }

    /// Every tensor with its name, in the header's order: what a module's `load(stateDictionary:)` takes.
    public func tensors() throws(FileError) -> [(name: String, value: Tensor)] {
        var result: [(name: String, value: Tensor)] = []
        for entry in entries { result.append((entry.name, try tensor(of: entry))) }
        return result
    }

    private func tensor(of entry: SafetensorsEntry) throws(FileError) -> Tensor {
        guard let dtype = entry.dtype.dtype, let shape = entry.shape else {
            let what =
                entry.dtype.dtype == nil
                ? "has elements of the type \(entry.dtype.name)"
                : "has the shape \(entry.dimensions), of more than \(Shape.maximumRank) axes or too large to address"
            throw FileError(
                .unsupported, path: path, entry: entry.name, "\(what), which Kindling does not have",
                remedy: "convert it with the library that wrote it")
        }
        let bytes = try source.bytes(at: UInt64(dataStart + entry.begin), count: entry.end - entry.begin)
        if dtype == .bool, let odd = bytes.first(where: { $0 > 1 }) {
            throw FileError(
                .corrupt, path: path, entry: entry.name, "is damaged: it holds \(odd), and a truth value is 0 or 1",
                remedy: "use an intact copy")
        }
        do {
            return try withTensorErrors {
                bytes.withUnsafeBytes { Tensor(bytes: $0, shape: shape, dtype: dtype) }
            }
        } catch {
            throw FileError(
                .unreadable, path: path, entry: entry.name, "does not fit on the device", cause: "\(error)")
        }
    }

    /// The header's bytes, its length checked before room is made for it.
    private static func header(of source: ByteSource) throws(FileError) -> [UInt8] {
        func refused(_ what: String) -> FileError {
            FileError(
                .corrupt, path: source.path, "is no safetensors file, or truncated: \(what)",
                remedy: "name an intact file written by a safetensors library")
        }
        guard source.byteCount >= 8 else { throw refused("it has \(source.byteCount) bytes, and 8 say the length") }
        let length = try source.bytes(at: 0, count: 8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= UInt64(SafetensorsHeader.byteLimit) else {
            throw refused("a header of \(length) bytes is longer than \(SafetensorsHeader.byteLimit)")
        }
        guard Int(length) <= source.byteCount - 8 else {
            throw refused("a header of \(length) bytes does not fit into \(source.byteCount)")
        }
        return try source.bytes(at: 8, count: Int(length))
    }
}
