// SPDX-License-Identifier: Apache-2.0

/// The messages of an object's header, read by ourselves.
///
/// The library looks a variable-length string up in a heap at an address and an index that the file names, and trusts
/// both further than a damaged file deserves; so attributes never go through it. Layouts: "HDF5 File Format
/// Specification", versions 1.1 to 3.0, sections IV.A.1 (headers) and IV.A.2 (messages).
struct HDF5ObjectHeader {
    private static let maximumBytes = 4 << 20
    private static let continuation = 0x10
    private static let attributeInfo = 0x15
    private static let attribute = 0x0C
    private static let space = 0x01
    private static let type = 0x03
    private static let layout = 0x08

    /// The bodies of the attribute messages, in the order of the file.
    private(set) var attributes: [[UInt8]] = []
    /// The bodies of the messages that say how many elements a dataset has along which axes.
    private(set) var spaces: [[UInt8]] = []
    /// The bodies of the messages that say what a dataset's elements are.
    private(set) var types: [[UInt8]] = []
    /// The bodies of the messages that say where a dataset's elements are.
    private(set) var layouts: [[UInt8]] = []
    /// Whether the element type is kept in another object.
    private(set) var hasOuterType = false
    /// Whether there are attributes outside the header, as newer formats do when there are many.
    private(set) var hasOuterAttributes = false

    private struct Block {
        var address: UInt64
        var count: Int
    }

    /// Reads the header at an address that the library gave for an open object.
    init(at address: UInt64, in source: ByteSource, entry: String) throws(FileError) {
        let damaged = FileError(
            .corrupt, path: source.path, entry: entry, "has a damaged header", remedy: "use an intact copy")
        var start = ByteCursor(try source.bytes(at: address, count: min(32, HDF5ObjectHeader.left(source, address))))
        guard let mark = start.integer(4) else { throw damaged }
        let isNew = mark == 0x5244_484F  // "OHDR"
        var flags = 0
        var blocks: [Block]
        if isNew {
            guard start.integer(1) == 2, let given = start.count(1) else { throw damaged }
            flags = given
            let skipped = (flags & 0x20 != 0 ? 16 : 0) + (flags & 0x10 != 0 ? 4 : 0)
            guard start.take(skipped) != nil, let size = start.count(1 << (flags & 3)) else { throw damaged }
            blocks = [Block(address: address + UInt64(start.position), count: size)]
        } else {
            guard mark & 0xFF == 1, start.take(4) != nil, let size = start.count(4) else { throw damaged }
            blocks = [Block(address: address + 16, count: size)]
        }
        var total = 0
        var next = 0
        while next < blocks.count {
            let block = blocks[next]
            next += 1
            total += min(block.count, HDF5ObjectHeader.maximumBytes)
            guard block.count >= 0, total < HDF5ObjectHeader.maximumBytes, blocks.count < 1024 else { throw damaged }
            let bytes = try source.bytes(at: block.address, count: block.count)
            guard let found = scan(ByteCursor(bytes), isNew: isNew, flags: flags) else { throw damaged }
            for var block in found {
                // A block of the new kind is framed: "OCHK" in front, a checksum behind.
                if isNew {
                    guard block.count >= 8, block.address < UInt64.max - 4 else { throw damaged }
                    block = Block(address: block.address + 4, count: block.count - 8)
                }
                blocks.append(block)
            }
        }
    }

    /// Collects the messages of one block; gives the blocks it continues in, or nil when it is damaged.
    private mutating func scan(_ start: ByteCursor, isNew: Bool, flags: Int) -> [Block]? {
        var cursor = start
        var further: [Block] = []
        let headSize = isNew ? (flags & 4 != 0 ? 6 : 4) : 8
        while cursor.remaining >= headSize {
            guard let kind = cursor.count(isNew ? 1 : 2), let size = cursor.count(2), let flags = cursor.integer(1),
                cursor.take(isNew ? headSize - 4 : 3) != nil, let body = cursor.take(size)
            else { return nil }
            var content = ByteCursor(Array(body))
            switch kind {
            case HDF5ObjectHeader.continuation:
                guard let address = content.integer(8), let count = content.count(8) else { return nil }
                further.append(Block(address: address, count: count))
            case HDF5ObjectHeader.attribute:
                // A shared message holds a reference to where the attribute is.
                if flags & 2 != 0 { hasOuterAttributes = true } else { attributes.append(Array(body)) }
            case HDF5ObjectHeader.space: spaces.append(Array(body))
            case HDF5ObjectHeader.type:
                if flags & 2 != 0 { hasOuterType = true } else { types.append(Array(body)) }
            case HDF5ObjectHeader.layout: layouts.append(Array(body))
            case HDF5ObjectHeader.attributeInfo:
                guard content.integer(1) == 0, let order = content.integer(1) else { return nil }
                if order & 1 != 0, content.take(2) == nil { return nil }
                guard let heap = content.integer(8) else { return nil }
                if heap != .max { hasOuterAttributes = true }
            default: break
            }
        }
        return further
    }

    private static func left(_ source: ByteSource, _ address: UInt64) -> Int {
        address >= UInt64(source.byteCount) ? 0 : source.byteCount - Int(address)
    }
}
