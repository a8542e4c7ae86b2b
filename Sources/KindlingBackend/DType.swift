// SPDX-License-Identifier: Apache-2.0

/// The type of a tensor's elements.
///
/// Raw values are stable: kernels in C and checkpoint files use them.
public enum DType: UInt8, Sendable, Hashable, CaseIterable {
    /// IEEE 754 single precision, the default for real numbers.
    case float32 = 0
    /// IEEE 754 double precision.
    case float64 = 1
    /// IEEE 754 half precision: 5 bits of exponent, 10 of mantissa.
    case float16 = 2
    /// The upper half of a float32: 8 bits of exponent, 7 of mantissa.
    case bfloat16 = 3
    /// Signed 32-bit integers.
    case int32 = 4
    /// Signed 64-bit integers, the default for indices and labels.
    case int64 = 5
    /// Unsigned bytes, as pictures are stored.
    case uint8 = 6
    /// Truth values, one byte each, 0 or 1.
    case bool = 7

    /// Bytes one element takes.
    public var byteCount: Int {
        switch self {
        case .float64, .int64: 8
        case .float32, .int32: 4
        case .float16, .bfloat16: 2
        case .uint8, .bool: 1
        }
    }

    /// Whether the elements are real numbers, and so can carry a gradient.
    public var isFloatingPoint: Bool {
        switch self {
        case .float32, .float64, .float16, .bfloat16: true
        case .int32, .int64, .uint8, .bool: false
        }
    }

    /// The kind of number that programs over such elements compute in.
    public var arithmetic: Arithmetic {
        switch self {
        case .float32, .float16, .bfloat16: .float32
        case .float64: .float64
        case .int32, .int64, .uint8, .bool: .int64
        }
    }

    /// The name in recipes, files and messages: `float32`.
    public var name: String {
        switch self {
        case .float32: "float32"
        case .float64: "float64"
        case .float16: "float16"
        case .bfloat16: "bfloat16"
        case .int32: "int32"
        case .int64: "int64"
        case .uint8: "uint8"
        case .bool: "bool"
        }
    }

    /// The type named so, or nil.
    public init?(name: String) {
        guard let match = DType.allCases.first(where: { $0.name == name }) else { return nil }
        self = match
    }
}

/// The number type that a program's registers hold while it runs.
///
/// float16 and bfloat16 are storage: they are widened to float32, computed on, and rounded once when stored.
public enum Arithmetic: UInt8, Sendable, Hashable {
    /// Single precision.
    case float32 = 0
    /// Double precision.
    case float64 = 1
    /// 64-bit integers, wrapping.
    case int64 = 2
}

extension DType {
    /// The type that an operation on both gives: NumPy's rule within a category, and never an implicit float64.
    ///
    /// A floating-point type wins over an integer one and keeps its width; `float16` with `bfloat16` gives `float32`.
    public func promoted(with other: DType) -> DType {
        if self == other { return self }
        switch (isFloatingPoint, other.isFloatingPoint) {
        case (true, false): return self
        case (false, true): return other
        case (true, true):
            if self == .float64 || other == .float64 { return .float64 }
            return .float32
        case (false, false):
            let order: [DType] = [.bool, .uint8, .int32, .int64]
            for candidate in order.reversed() where self == candidate || other == candidate { return candidate }
            return self
        }
    }
}
