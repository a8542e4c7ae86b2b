// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// The element types that the format names, and what Kindling reads them as.
struct SafetensorsDType: Sendable, Hashable {
    /// The name in the file.
    let name: String
    /// Bits of one element.
    let bits: Int
    /// The type here, or nil where Kindling has none.
    let dtype: DType?

    private init(_ name: String, bits: Int, _ dtype: DType? = nil) {
        self.name = name
        self.bits = bits
        self.dtype = dtype
    }

    /// The type of a name, or nil when the format has no such name.
    init?(name: String) {
        guard let known = SafetensorsDType.all.first(where: { $0.name == name }) else { return nil }
        self = known
    }

    /// The name under which Kindling writes a type.
    static func name(of dtype: DType) -> String {
        switch dtype {
        case .float64: "F64"
        case .float32: "F32"
        case .float16: "F16"
        case .bfloat16: "BF16"
        case .int64: "I64"
        case .int32: "I32"
        case .uint8: "U8"
        case .bool: "BOOL"
        }
    }

    private static let all =
        DType.allCases.map { SafetensorsDType(name(of: $0), bits: 8 * $0.byteCount, $0) } + [
            SafetensorsDType("I8", bits: 8), SafetensorsDType("I16", bits: 16), SafetensorsDType("U16", bits: 16),
            SafetensorsDType("U32", bits: 32), SafetensorsDType("U64", bits: 64), SafetensorsDType("C64", bits: 64),
            SafetensorsDType("F8_E4M3", bits: 8), SafetensorsDType("F8_E5M2", bits: 8),
            SafetensorsDType("F8_E8M0", bits: 8), SafetensorsDType("F6_E2M3", bits: 6),
            SafetensorsDType("F6_E3M2", bits: 6), SafetensorsDType("F4", bits: 4),
        ]
}
