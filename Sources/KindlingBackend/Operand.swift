// SPDX-License-Identifier: Apache-2.0

/// A tensor as a kernel sees it: where it lies, what its elements are, and how to step through them.
///
/// It does not keep its storage alive: whoever calls ``Backend/execute(_:inputs:outputs:)`` does.
public struct Operand {
    /// The memory.
    public unowned(unsafe) let storage: Storage
    /// The first element's distance from the start of the storage, in elements.
    public let offset: Int
    /// The element type.
    public let dtype: DType
    /// The sizes.
    public let shape: Shape
    /// The steps, in elements.
    public let strides: Strides
    /// Whether the elements lie in row-major order without gaps.
    public let isRowMajor: Bool

    /// Describes a tensor for the length of a call.
    public init(storage: Storage, offset: Int, dtype: DType, shape: Shape, strides: Strides, isRowMajor: Bool) {
        self.storage = storage
        self.offset = offset
        self.dtype = dtype
        self.shape = shape
        self.strides = strides
        self.isRowMajor = isRowMajor
    }

    /// The first element's address in host memory, or nil on a device whose memory the host cannot see.
    public var address: UnsafeMutableRawPointer? {
        storage.address.map { $0 + offset &* dtype.byteCount }
    }
}
