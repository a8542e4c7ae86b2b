// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// Reads an HDF5 file of Kindling's, Keras' or h5py's, read-only and on its guard.
///
/// Nothing outside the file is ever opened: links other than hard ones, external storage, virtual datasets, filters
/// that could be plug-ins, and sizes that the file cannot hold are refused with a ``FileError`` that names the entry.
/// What this is not: a fence around the HDF5 library itself, whose older releases have faults that a crafted file can
/// reach. Open files of unknown origin in a process of their own.
///
///     let file = try HDF5Reader(path: "model.weights.h5")
///     for dataset in try file.datasets(under: "layers") { print(dataset.path, dataset.content) }
///     let kernel = try file.read("layers/dense/vars/0")
public struct HDF5Reader: Sendable {
    private let file: HDF5OpenFile
    private let limits: HDF5Limits

    /// Opens a file on disk.
    /// - Parameter checkingSeal: reads the whole file first, if it has a ``FileSeal``, so that damage anywhere in it is
    ///   found before anything is made of it.
    /// - Throws: ``FileError``: `missing`, `unreadable`, `corrupt`.
    public init(path: String, checkingSeal: Bool = true, limits: HDF5Limits = HDF5Limits()) throws(FileError) {
        file = try HDF5OpenFile(path: path, checkingSeal: checkingSeal)
        self.limits = limits
    }

    /// Opens a file in memory, without copying it.
    /// - Parameter name: what messages call it.
    public init(
        image: FileImage, named name: String = "an HDF5 image", checkingSeal: Bool = true,
        limits: HDF5Limits = HDF5Limits()
    ) throws(FileError) {
        file = try HDF5OpenFile(image: image, named: name, checkingSeal: checkingSeal)
        self.limits = limits
    }

    /// The file's name in messages.
    public var path: String { file.source.path }

    /// Whether there is a group or dataset of that path.
    /// - Throws: ``FileError`` when the way there is barred or damaged.
    public func contains(_ path: String) throws(FileError) -> Bool {
        let place = try HDF5Path(path, in: self.path)
        return try HDF5Library.locked { () throws(FileError) in try HDF5Access(file, limits).contains(place) }
    }

    /// The entries of a group, ordered so that digits count as numbers: 0, 1, 2, 10.
    public func children(of path: String = "") throws(FileError) -> [HDF5Child] {
        let place = try HDF5Path(path, in: self.path)
        return try HDF5Library.locked { () throws(FileError) in
            let access = try HDF5Access(file, limits)
            return try access.children(of: access.open(place), at: place).map(\.child)
        }
    }

    /// All datasets in a group and the groups below it, in the order of ``children(of:)``.
    /// - Throws: ``FileError``, `refused` for cycles, more than 32 levels, or more entries than the limits allow.
    public func datasets(under path: String = "") throws(FileError) -> [HDF5Description] {
        let place = try HDF5Path(path, in: self.path)
        return try HDF5Library.locked { () throws(FileError) in
            try HDF5Access(file, limits).datasets(under: place).map(\.description)
        }
    }

    /// What a dataset is, without reading its numbers.
    public func description(of path: String) throws(FileError) -> HDF5Description { try layout(of: path).description }

    /// The texts that a group or dataset has as attributes.
    ///
    /// Attributes of other kinds are left out.
    public func attributes(of path: String) throws(FileError) -> [String: String] {
        let place = try HDF5Path(path, in: self.path)
        let address = try HDF5Library.locked { () throws(FileError) in
            try HDF5Access(file, limits).open(place).address
        }
        return try HDF5Attribute.texts(at: address, in: file.source, entry: "/" + place.description)
    }

    /// Reads a dataset of numbers.
    public func read(_ path: String) throws(FileError) -> HDF5Dataset {
        let layout = try layout(of: path)
        guard case .tensor(let dtype, let shape) = layout.description.content else { throw notNumbers(layout) }
        let bytes = try bytes(of: layout)
        return HDF5Dataset(dtype: dtype, shape: shape, bytes: bytes, attributes: layout.description.attributes)
    }

    /// Reads a dataset of numbers into memory of exactly its size, without another copy.
    /// - Throws: ``FileError``, `invalidArgument` when the memory has another size.
    public func read(_ path: String, into memory: UnsafeMutableRawBufferPointer) throws(FileError) {
        let layout = try layout(of: path)
        guard case .tensor = layout.description.content else { throw notNumbers(layout) }
        guard memory.count == layout.description.byteCount else {
            throw FileError(
                .invalidArgument, path: self.path, entry: layout.description.path,
                "has \(layout.description.byteCount) bytes, and \(memory.count) are there to take them",
                remedy: "ask for its description first")
        }
        try fill(memory, from: layout)
    }

    /// Reads a dataset that is one text in UTF-8.
    public func text(_ path: String) throws(FileError) -> String {
        let layout = try layout(of: path)
        let utf8 = try textBytes(of: layout)
        guard let text = HDF5Attribute.text(utf8[...]) else {
            throw HDF5Attribute.damaged(file.source, layout.description.path, "is no UTF-8")
        }
        return text
    }

    /// Compares a dataset with the checksum it was written with.
    /// - Returns: Whether it has one; datasets of other programs have none.
    /// - Throws: ``FileError``, `corrupt` when the two differ.
    @discardableResult
    public func verify(_ path: String) throws(FileError) -> Bool { try verify(layout(of: path)) }

    /// Compares all datasets in a group and below with their checksums.
    /// - Returns: The paths of the datasets that have none.
    /// - Throws: ``FileError``, `corrupt`, for the first that differs.
    @discardableResult
    public func verifyAll(under path: String = "") throws(FileError) -> [String] {
        let place = try HDF5Path(path, in: self.path)
        let layouts = try HDF5Library.locked { () throws(FileError) in
            try HDF5Access(file, limits).datasets(under: place)
        }
        var unchecked: [String] = []
        for layout in layouts where try !verify(layout) { unchecked.append(layout.description.path) }
        return unchecked
    }

    private func layout(of path: String) throws(FileError) -> HDF5Layout {
        let place = try HDF5Path(path, in: self.path)
        return try HDF5Library.locked { () throws(FileError) in
            let access = try HDF5Access(file, limits)
            return try access.layout(of: access.open(place), at: place)
        }
    }

    private func notNumbers(_ layout: HDF5Layout) -> FileError {
        FileError(
            .invalidArgument, path: path, entry: layout.description.path, "is a text, not numbers",
            remedy: "read it with text(_:)")
    }
}

extension HDF5Reader {
    private func verify(_ layout: HDF5Layout) throws(FileError) -> Bool {
        guard let expected = layout.description.checksum else { return false }
        let content = layout.description.content
        let seed = HDF5Convention.seed(path: layout.description.path, content: content)
        let found =
            switch (content, layout.storage) {
            case (.tensor, .verbatim(let offset)):
                try file.source.checksum(at: Int(offset), count: layout.description.byteCount, seed: seed)
            case (.tensor, _): try bytes(of: layout).withUnsafeBytes { Checksum.of($0, seed: seed) }
            case (.text, _): try textBytes(of: layout).withUnsafeBytes { Checksum.of($0, seed: seed) }
            }
        guard found == expected else {
            throw FileError(
                .corrupt, path: path, entry: layout.description.path,
                "fails its checksum: \(Checksum.hexadecimal(found)) in place of \(Checksum.hexadecimal(expected))",
                remedy: "use an intact copy, such as the previous checkpoint")
        }
        return true
    }

    private func bytes(of layout: HDF5Layout) throws(FileError) -> [UInt8] {
        let count = layout.description.byteCount
        var failure: FileError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            do throws(FileError) {
                let memory = UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: count)
                try fill(memory, from: layout)
                initialized = count
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    private func fill(_ memory: UnsafeMutableRawBufferPointer, from layout: HDF5Layout) throws(FileError) {
        guard memory.count > 0 else { return }  // a dataset without elements is read by doing nothing
        switch layout.storage {
        case .verbatim(let offset): try file.source.read(at: offset, into: memory)
        case .heap: throw notNumbers(layout)
        case .library:
            try HDF5Library.locked { () throws(FileError) in
                try HDF5Access(file, limits).convert(layout, into: memory)
            }
        }
        guard case .tensor(.bool, _) = layout.description.content else { return }
        guard memory.allSatisfy({ $0 <= 1 }) else {
            throw HDF5Attribute.damaged(file.source, layout.description.path, "has truth values other than 0 and 1")
        }
    }

    private func textBytes(of layout: HDF5Layout) throws(FileError) -> [UInt8] {
        let entry = layout.description.path
        guard layout.description.content == .text else {
            throw FileError(
                .invalidArgument, path: path, entry: entry, "holds numbers, not a text", remedy: "read it with read(_:)"
            )
        }
        switch layout.storage {
        case .verbatim(let offset):
            let padded = try file.source.bytes(at: offset, count: layout.description.byteCount)
            return Array(padded.prefix { $0 != 0 })
        case .heap(let offset):
            var reference = ByteCursor(try file.source.bytes(at: offset, count: 16))
            guard let count = reference.count(4), let heap = reference.integer(8), let index = reference.count(4)
            else { throw HDF5Attribute.damaged(file.source, entry, "is a text without a place") }
            return Array(
                try HDF5Attribute.heapBytes(count, in: heap, at: index, file.source, entry, atMost: limits.textBytes))
        case .library: throw HDF5Attribute.damaged(file.source, entry, "is a text in pieces")
        }
    }
}
