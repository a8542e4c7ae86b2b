// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

/// A row-major tensor in a device's memory.
struct StoredTensor {
    let storage: Storage
    let dtype: DType
    let shape: Shape

    var operand: Operand {
        Operand(
            storage: storage, offset: 0, dtype: dtype, shape: shape, strides: Strides(rowMajor: shape),
            isRowMajor: true)
    }

    /// The elements, read by address.
    var numbers: [Double] {
        guard let address = storage.address else { return [] }  // only devices that share memory are tested here
        return (0..<shape.elementCount).map { element in
            let place = address + element * dtype.byteCount
            return switch dtype {
            case .float32: Double(place.load(as: Float.self))
            case .float64: place.load(as: Double.self)
            case .float16: Double(place.load(as: Float16.self))
            case .bfloat16: Double(Float(bitPattern: UInt32(place.load(as: UInt16.self)) << 16))
            case .int32: Double(place.load(as: Int32.self))
            case .int64: Double(place.load(as: Int64.self))
            case .uint8, .bool: Double(place.load(as: UInt8.self))
            }
        }
    }
}

/// Puts a fixture's values into a device's memory; without values only makes room for them.
func stored(_ tensor: FixtureTensor, on device: any Backend) throws -> StoredTensor {
    guard let dtype = DType(name: tensor.dtype) else {
        throw TensorError(.dtypeMismatch, operation: "fixture", "there is no type '\(tensor.dtype)'")
    }
    let shape = Shape(tensor.shape)
    let storage = try device.allocate(byteCount: shape.elementCount * dtype.byteCount)
    guard let address = storage.address else { return StoredTensor(storage: storage, dtype: dtype, shape: shape) }
    for (element, value) in tensor.values.enumerated() {
        switch dtype {
        case .float32: address.storeBytes(of: Float(value), toByteOffset: element * 4, as: Float.self)
        case .float64: address.storeBytes(of: value, toByteOffset: element * 8, as: Double.self)
        case .int32: address.storeBytes(of: Int32(value), toByteOffset: element * 4, as: Int32.self)
        case .int64: address.storeBytes(of: Int64(value), toByteOffset: element * 8, as: Int64.self)
        case .float16, .bfloat16, .uint8, .bool:
            throw TensorError(.dtypeMismatch, operation: "fixture", "no fixture goes in as \(dtype.name)")
        }
    }
    return StoredTensor(storage: storage, dtype: dtype, shape: shape)
}
