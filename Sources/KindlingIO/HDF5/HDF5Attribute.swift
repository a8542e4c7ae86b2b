// SPDX-License-Identifier: Apache-2.0

/// The texts among an object's attributes.
enum HDF5Attribute {
    private static let maximumBytes = 64 << 10

    /// All attributes that are one text, by name.
    ///
    /// Numbers, lists and other kinds are left out: nothing reads them.
    static func texts(at address: UInt64, in source: ByteSource, entry: String) throws(FileError) -> [String: String] {
        let header = try HDF5ObjectHeader(at: address, in: source, entry: entry)
        guard !header.hasOuterAttributes else {
            throw FileError(
                .unsupported, path: source.path, entry: entry, "keeps its attributes outside its header",
                remedy: "write it with fewer than nine attributes, or with an HDF5 format before 1.8")
        }
        var texts: [String: String] = [:]
        for message in header.attributes {
            guard let (name, value) = parse(message) else {
                throw damaged(source, entry, "has a damaged attribute")
            }
            guard let value else { continue }
            let utf8 =
                switch value {
                case .inline(let bytes): bytes
                case .heap(let count, let collection, let index):
                    try heapBytes(count, in: collection, at: index, source, entry, atMost: maximumBytes)
                }
            guard let text = text(utf8), texts.updateValue(text, forKey: name) == nil else {
                throw damaged(source, entry, "has an attribute '\(name)' that is no UTF-8 or is there twice")
            }
        }
        return texts
    }

    /// A text that ends at its first NUL, or nil when it is not UTF-8.
    static func text(_ bytes: ArraySlice<UInt8>) -> String? {
        String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }

    private enum Value {
        case inline(ArraySlice<UInt8>)
        case heap(count: Int, collection: UInt64, index: Int)
    }

    /// Name and, if it is one text, value of an attribute message; nil when it is damaged.
    private static func parse(_ message: [UInt8]) -> (name: String, value: Value?)? {
        var cursor = ByteCursor(message)
        guard let version = cursor.count(1), (1...3).contains(version), let flags = cursor.integer(1),
            let nameSize = cursor.count(2), let typeSize = cursor.count(2), let spaceSize = cursor.count(2),
            version < 3 || cursor.take(1) != nil
        else { return nil }
        let alignment = version == 1 ? 8 : 1
        guard let nameBytes = cursor.take(nameSize, paddedTo: alignment), let name = text(nameBytes),
            let type = cursor.take(typeSize, paddedTo: alignment),
            let space = cursor.take(spaceSize, paddedTo: alignment)
        else { return nil }
        // In versions 2 and 3 a flag says that type or space are kept elsewhere in the file.
        guard version == 1 || flags & 3 == 0, isScalar(Array(space)) else { return (name, nil) }
        var typeCursor = ByteCursor(Array(type))
        guard let kind = typeCursor.integer(1), let bits = typeCursor.integer(3), let size = typeCursor.count(4)
        else { return nil }
        switch kind & 15 {
        case 3:
            guard size <= maximumBytes, let value = cursor.take(size) else { return nil }
            return (name, .inline(value))
        case 9 where bits & 15 == 1:
            guard let count = cursor.count(4), let collection = cursor.integer(8), let index = cursor.count(4)
            else { return nil }
            return (name, .heap(count: count, collection: collection, index: index))
        default: return (name, nil)
        }
    }

    private static func isScalar(_ space: [UInt8]) -> Bool {
        guard space.count >= 4, space[1] == 0 else { return false }
        // Version 2 tells a scalar (0) from an empty space (2) of rank 0.
        return space[0] == 1 || (space[0] == 2 && space[3] == 0)
    }

    /// A string in a global heap collection: "GCOL", version, size, then objects of index, uses, size and bytes.
    static func heapBytes(
        _ count: Int, in collection: UInt64, at index: Int, _ source: ByteSource, _ entry: String, atMost limit: Int
    ) throws(FileError) -> ArraySlice<UInt8> {
        guard count > 0 else { return [] }
        guard count <= limit else {
            throw FileError(
                .refused, path: source.path, entry: entry, "has a text of \(count) bytes; \(limit) are allowed",
                remedy: "shorten it, or raise the limit")
        }
        var head = ByteCursor(try source.bytes(at: collection, count: 16))
        guard head.integer(4) == 0x4C4F_4347, head.integer(1) == 1, head.take(3) != nil, let size = head.count(8),
            size <= source.byteCount, index > 0
        else { throw damaged(source, entry, "refers to a heap that is not there") }
        var offset = 16
        while offset + 16 <= size {
            var object = ByteCursor(try source.bytes(at: collection + UInt64(offset), count: 16))
            guard let found = object.count(2), object.take(6) != nil, let length = object.count(8), found > 0,
                length <= size - offset - 16
            else { break }
            if found == index {
                guard count <= length else { break }
                return try source.bytes(at: collection + UInt64(offset + 16), count: count)[...]
            }
            offset += 16 + (length + 7) & ~7
        }
        throw damaged(source, entry, "refers to a text that its heap does not have")
    }

    static func damaged(_ source: ByteSource, _ entry: String, _ what: String) -> FileError {
        FileError(.corrupt, path: source.path, entry: entry, what, remedy: "use an intact copy")
    }
}
