// SPDX-License-Identifier: Apache-2.0

/// A message in protocol buffers' wire format, written field after field.
///
/// Numbers that are zero and texts that are empty are left out, as the format's third version has it, except by the
/// functions whose name says `always`.
struct ProtobufWriter {
    private(set) var bytes: [UInt8] = []

    /// A message from its fields.
    static func message(_ body: (inout ProtobufWriter) -> Void) -> [UInt8] {
        var writer = ProtobufWriter()
        body(&writer)
        return writer.bytes
    }

    mutating func integer(_ field: UInt64, _ value: Int) {
        if value != 0 { alwaysInteger(field, value) }
    }

    mutating func alwaysInteger(_ field: UInt64, _ value: Int) {
        varint(field << 3)
        varint(UInt64(bitPattern: Int64(value)))
    }

    mutating func double(_ field: UInt64, _ value: Double) {
        if value.bitPattern != 0 { alwaysDouble(field, value) }
    }

    mutating func alwaysDouble(_ field: UInt64, _ value: Double) {
        varint(field << 3 | 1)
        fixed(value.bitPattern)
    }

    mutating func alwaysFloat(_ field: UInt64, _ value: Float) {
        varint(field << 3 | 5)
        fixed(value.bitPattern)
    }

    mutating func data(_ field: UInt64, _ value: [UInt8]) {
        if !value.isEmpty { alwaysData(field, value) }
    }

    mutating func alwaysData(_ field: UInt64, _ value: [UInt8]) {
        varint(field << 3 | 2)
        varint(UInt64(value.count))
        bytes += value
    }

    mutating func text(_ field: UInt64, _ value: String) { data(field, Array(value.utf8)) }

    mutating func doubles(_ field: UInt64, _ values: [Double]) {
        data(field, values.flatMap { value in (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) } })
    }

    mutating func message(_ field: UInt64, _ body: (inout ProtobufWriter) -> Void) {
        alwaysData(field, ProtobufWriter.message(body))
    }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private mutating func fixed(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
    }
}

/// The fields of a message, for the few questions that are asked of one.
struct ProtobufReader {
    enum Value {
        case integer(UInt64)
        case fixed64(UInt64)
        case fixed32(UInt32)
        case data(ArraySlice<UInt8>)
    }

    /// The fields in order, or nil when the bytes are no message.
    static func fields(_ message: ArraySlice<UInt8>) -> [(field: UInt64, value: Value)]? {
        var rest = message
        var fields: [(UInt64, Value)] = []
        while !rest.isEmpty {
            guard let key = varint(&rest) else { return nil }
            switch key & 7 {
            case 0:
                guard let value = varint(&rest) else { return nil }
                fields.append((key >> 3, .integer(value)))
            case 1:
                guard let value = littleEndian(&rest, count: 8) else { return nil }
                fields.append((key >> 3, .fixed64(value)))
            case 2:
                guard let count = varint(&rest), count <= UInt64(rest.count) else { return nil }
                fields.append((key >> 3, .data(rest.prefix(Int(count)))))
                rest = rest.dropFirst(Int(count))
            case 5:
                guard let value = littleEndian(&rest, count: 4) else { return nil }
                fields.append((key >> 3, .fixed32(UInt32(value))))
            default: return nil
            }
        }
        return fields
    }

    private static func varint(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        for place in 0..<10 {
            guard let byte = rest.popFirst() else { return nil }
            value |= UInt64(byte & 0x7F) << UInt64(7 * place)
            if byte < 0x80 { return value }
        }
        return nil
    }

    static func littleEndian(_ rest: inout ArraySlice<UInt8>, count: Int) -> UInt64? {
        guard rest.count >= count else { return nil }
        let value = rest.prefix(count).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        rest = rest.dropFirst(count)
        return value
    }
}
