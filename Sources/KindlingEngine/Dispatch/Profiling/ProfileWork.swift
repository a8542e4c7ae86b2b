// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// What an operation does.
struct ProfileWork {
    /// Floating-point operations of products and convolutions in 32 bits and wider.
    var wide = 0.0
    /// In 16 bits.
    var half = 0.0
    /// Bytes of inputs and results.
    var bytes = 0.0

    init() {}

    /// Of an operation that only reads and writes.
    init(_ operands: [Operand]) { bytes = operands.reduce(0) { $0 + $1.heldBytes } }

    /// Of an operation at the door.
    init(_ request: KernelRequest, _ inputs: [Tensor], _ result: TensorValue, _ auxiliaries: [Tensor]) {
        self.init(inputs.map(\.value.operand) + [result.operand] + auxiliaries.map(\.value.operand))
        let spec = TensorSpec(shape: result.shape, dtype: result.dtype)
        let operations = Double(WorkCount.operations(request, inputs, spec))
        if result.dtype.byteCount == 2 { half = operations } else { wide = operations }
    }

    static func += (left: inout ProfileWork, right: ProfileWork) {
        left.wide += right.wide
        left.half += right.half
        left.bytes += right.bytes
    }
}

extension Operand {
    /// Bytes of its elements in memory: those that are repeated along an axis are there once.
    fileprivate var heldBytes: Double {
        var count = 1.0
        for axis in 0..<shape.rank where strides[axis] != 0 { count *= Double(shape[axis]) }
        return count * Double(dtype.byteCount)
    }
}
