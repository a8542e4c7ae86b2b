// SPDX-License-Identifier: Apache-2.0

/// What is looked at in an object's header before the library gets to see it.
///
/// Release 1.10 of the library believes what some messages say: an enumeration's values are copied without looking
/// whether the message has them, and chunks are laid out by axes and an element size that need not be the dataset's.
/// That reads outside its memory, or never ends, when the bytes are damaged; so such headers are never opened.
enum HDF5Screening {
    private static let fixed = 0, float = 1, text = 3, opaque = 5, enumeration = 8, variable = 9

    static func check(_ header: HDF5ObjectHeader, _ source: ByteSource, entry: String) throws(FileError) {
        guard !header.hasOuterType else {
            throw refused(source, entry, "keeps its element type in another object")
        }
        guard header.types.count <= 1, header.layouts.count <= 1, header.spaces.count <= 1 else {
            throw HDF5Attribute.damaged(source, entry, "has more than one element type, shape or layout")
        }
        guard let type = header.types.first else { return }  // a group, or nothing that could be read as a dataset
        guard let size = try checkType(type, source, entry) else {
            throw HDF5Attribute.damaged(source, entry, "has a damaged element type")
        }
        guard let layout = header.layouts.first else { return }  // a named type, which is refused once it is open
        guard let space = header.spaces.first, space.count > 2 else {
            throw HDF5Attribute.damaged(source, entry, "has no shape")
        }
        // The second byte of a shape is its rank in both versions.
        guard let isSound = fits(rank: Int(space[1]), elements: size, layout) else {
            throw refused(source, entry, "has a layout of a version that is not known")
        }
        guard isSound else { throw HDF5Attribute.damaged(source, entry, "has chunks of another rank or element size") }
    }

    /// The size of an element, or nil when the message is damaged.
    private static func checkType(
        _ message: [UInt8], _ source: ByteSource, _ entry: String
    ) throws(FileError) -> Int? {
        var cursor = ByteCursor(message)
        guard let head = cursor.count(1), let bits = cursor.count(3), let size = cursor.count(4), size > 0 else {
            return nil
        }
        switch head & 15 {
        case fixed, float: return size <= 16 ? size : nil
        case text, opaque: return size
        case enumeration:
            guard size == 1 else { throw refused(source, entry, "has elements of the enumeration type") }
            return isEnumeration(of: bits & 0xFFFF, version: head >> 4, cursor) ? size : nil
        case variable where bits & 15 == 1: return size == 16 ? size : nil
        case let other:
            let names = [
                2: "time", 4: "bit field", 6: "compound", 7: "reference", 9: "variable-length", 10: "array",
            ]
            throw refused(source, entry, "has elements of the \(names[other] ?? "unknown") type")
        }
    }

    /// Whether a message has what an enumeration of single bytes needs: a base type, names, and a value for each.
    private static func isEnumeration(of count: Int, version: Int, _ start: ByteCursor) -> Bool {
        var cursor = start
        guard let base = cursor.count(1), base & 15 == fixed, cursor.take(3) != nil, cursor.count(4) == 1,
            cursor.take(4) != nil
        else { return false }
        for _ in 0..<count {
            var length = 0
            while let byte = cursor.integer(1), byte != 0 { length += 1 }
            // Until version 3 names were padded to multiples of eight, their NUL included.
            guard version >= 3 || cursor.take((8 - (length + 1) % 8) % 8) != nil else { return false }
        }
        return cursor.take(count) != nil
    }

    /// Whether a chunked layout has the dataset's rank and element size; true for other layouts, nil for unknown ones.
    private static func fits(rank axes: Int, elements size: Int, _ message: [UInt8]) -> Bool? {
        var cursor = ByteCursor(message)
        guard let version = cursor.count(1), let kind = cursor.count(1), (3...4).contains(version) else { return nil }
        guard kind == 2 else { return true }
        var width = 4
        let rank: Int?
        if version == 3 {
            rank = cursor.count(1)
            guard cursor.take(8) != nil else { return false }
        } else {
            guard cursor.take(1) != nil else { return false }
            rank = cursor.count(1)
            guard let given = cursor.count(1), (1...8).contains(given) else { return false }
            width = given
        }
        // The axes, and behind them the size of an element.
        guard let rank, rank > 1, rank - 1 == axes, cursor.take((rank - 1) * width) != nil,
            let tail = cursor.take(width)
        else {
            return false
        }
        return tail.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) } == UInt64(size)
    }

    private static func refused(_ source: ByteSource, _ entry: String, _ what: String) -> FileError {
        FileError(
            .refused, path: source.path, entry: entry, what + ", which is not read",
            remedy: "store it as plain numbers or as one text")
    }
}
