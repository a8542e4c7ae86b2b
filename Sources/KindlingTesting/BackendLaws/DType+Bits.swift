// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension DType {
    /// The distance from 1 to the next number; 0 for integers.
    var epsilon: Double {
        switch self {
        case .float32: 0x1p-23
        case .float64: 0x1p-52
        case .float16: 0x1p-10
        case .bfloat16: 0x1p-7
        case .int32, .int64, .uint8, .bool: 0
        }
    }

    /// The smallest positive number of full precision; 0 for integers.
    var leastNormal: Double {
        switch self {
        case .float32, .bfloat16: 0x1p-126
        case .float64: 0x1p-1022
        case .float16: 0x1p-14
        case .int32, .int64, .uint8, .bool: 0
        }
    }

    /// The distance between neighbours about a number.
    func spacing(at number: Double) -> Double {
        guard isFloatingPoint, number.isFinite else { return 0 }
        return max(abs(number), leastNormal).binade * epsilon
    }

    /// Writes a number, rounded to the nearest, halves to even.
    func encode(_ number: Double, to address: UnsafeMutableRawPointer) {
        switch self {
        case .float32: address.storeBytes(of: Float(number), as: Float.self)
        case .float64: address.storeBytes(of: number, as: Double.self)
        case .float16: address.storeBytes(of: Float16(number), as: Float16.self)
        case .bfloat16:
            let single = Float(number)
            let bits = single.bitPattern
            let rounded = single.isNaN ? 0x7FC0_0000 : bits + 0x7FFF + (bits >> 16 & 1)
            address.storeBytes(of: UInt16(rounded >> 16), as: UInt16.self)
        case .int32: address.storeBytes(of: Int32(number), as: Int32.self)
        case .int64: address.storeBytes(of: number >= 0x1p63 ? .max : Int64(number), as: Int64.self)
        case .uint8: address.storeBytes(of: UInt8(number), as: UInt8.self)
        case .bool: address.storeBytes(of: number == 0 ? 0 : 1, as: UInt8.self)
        }
    }

    /// The real number at an address.
    func real(at address: UnsafeRawPointer) -> Double {
        switch self {
        case .float32: Double(address.loadUnaligned(as: Float.self))
        case .float64: address.loadUnaligned(as: Double.self)
        case .float16: Double(address.loadUnaligned(as: Float16.self))
        case .bfloat16: Double(Float(bitPattern: UInt32(address.loadUnaligned(as: UInt16.self)) << 16))
        case .int32, .int64, .uint8, .bool: Double(bits(at: address))
        }
    }

    /// The element as an integer: its value, or for real numbers its place in the order of all of them.
    func bits(at address: UnsafeRawPointer) -> Int64 {
        switch self {
        case .float32: ordered(Int64(address.loadUnaligned(as: Int32.self)), lowest: Int64(Int32.min))
        case .float64: ordered(address.loadUnaligned(as: Int64.self), lowest: .min)
        case .float16, .bfloat16: ordered(Int64(address.loadUnaligned(as: Int16.self)), lowest: Int64(Int16.min))
        case .int32: Int64(address.loadUnaligned(as: Int32.self))
        case .int64: address.loadUnaligned(as: Int64.self)
        case .uint8, .bool: Int64(address.loadUnaligned(as: UInt8.self))
        }
    }

    /// Sign and magnitude as one ordered number, in which both zeros are 0.
    private func ordered(_ pattern: Int64, lowest: Int64) -> Int64 { pattern >= 0 ? pattern : lowest &- pattern }
}
