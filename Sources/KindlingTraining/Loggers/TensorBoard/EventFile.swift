// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// A TensorBoard event file: events in TFRecord frames.
///
/// A frame is the length of its data in 8 bytes, the masked check of those, the data, and the masked check of the data;
/// all numbers little-endian.
struct EventFile {
    let path: String

    /// Adds events at the end.
    func append(_ events: [[UInt8]]) throws { try appendBytes(events.flatMap(EventFile.frame), to: path) }

    /// Cuts the file off before the first event that is not kept, or that is damaged.
    /// - Returns: Whether anything is left.
    func keep(while isKept: (TensorBoardEvent.Place) -> Bool) throws -> Bool {
        guard let bytes = try readBytes(path) else { return false }
        var rest = bytes[...]
        var end = 0
        while let event = EventFile.nextEvent(&rest), let place = TensorBoardEvent.place(of: event), isKept(place) {
            end = rest.startIndex
        }
        if end < bytes.count, truncate(path, end) != 0 {
            throw TrainingError(
                .badFolder, "'\(path)' cannot be shortened: \(String(cString: strerror(errno)))",
                remedy: "see who may write there")
        }
        return end > 0
    }

    static func frame(_ event: [UInt8]) -> [UInt8] {
        let length = littleEndian(UInt64(event.count))
        return length + littleEndian(CRC32C.masked(length)) + event + littleEndian(CRC32C.masked(event))
    }

    /// The data of the next whole frame, or nil when there is none.
    static func nextEvent(_ bytes: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var rest = bytes
        let length = rest.prefix(8)
        guard let count = ProtobufReader.littleEndian(&rest, count: 8),
            ProtobufReader.littleEndian(&rest, count: 4) == UInt64(CRC32C.masked(length)),
            count <= UInt64(rest.count)
        else { return nil }
        let event = rest.prefix(Int(count))
        rest = rest.dropFirst(Int(count))
        guard ProtobufReader.littleEndian(&rest, count: 4) == UInt64(CRC32C.masked(event)) else { return nil }
        bytes = rest
        return event
    }

    private static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
}
