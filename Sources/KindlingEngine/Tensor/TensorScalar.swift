// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend

/// A Swift number that tensors can be made from and read into.
public protocol TensorScalar: BitwiseCopyable, Sendable {
    /// The element type of the same bits.
    static var dtype: DType { get }
}

extension Float: TensorScalar {
    /// float32.
    public static var dtype: DType { .float32 }
}
extension Double: TensorScalar {
    /// float64.
    public static var dtype: DType { .float64 }
}
extension Int32: TensorScalar {
    /// int32.
    public static var dtype: DType { .int32 }
}
extension Int64: TensorScalar {
    /// int64.
    public static var dtype: DType { .int64 }
}
extension Int: TensorScalar {
    /// int64.
    public static var dtype: DType { .int64 }
}
extension UInt8: TensorScalar {
    /// uint8.
    public static var dtype: DType { .uint8 }
}
extension Bool: TensorScalar {
    /// bool.
    public static var dtype: DType { .bool }
}
