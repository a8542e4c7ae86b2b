// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// A tensor for the length of a request, and the memory that it lies in.
struct Scratch {
    /// What keeps the memory.
    let storage: Storage
    /// The tensor.
    let operand: Operand
}

extension CPUBackend {
    /// Room for a tensor of the operand's shape, row-major.
    func scratch(like operand: Operand, _ dtype: DType) throws(TensorError) -> Scratch {
        try scratch(operand.shape, dtype, Strides(rowMajor: operand.shape))
    }

    /// Room for a tensor without gaps.
    func scratch(_ shape: Shape, _ dtype: DType, _ strides: Strides) throws(TensorError) -> Scratch {
        let storage = try allocate(byteCount: shape.elementCount * dtype.byteCount)
        let operand = Operand(
            storage: storage, offset: 0, dtype: dtype, shape: shape, strides: strides,
            isRowMajor: strides.isRowMajor(for: shape))
        return Scratch(storage: storage, operand: operand)
    }

    /// A copy in float32, whose axes lie in the same order in memory when the operand has no gaps and no repeats.
    ///
    /// So a transposed matrix or a channels-last picture stays one.
    func widened(_ operand: Operand) throws(TensorError) -> Scratch {
        let shape = operand.shape
        let strides: Strides
        if operand.strides.isChannelsLast(for: shape) {
            strides = Strides(channelsLast: shape)
        } else {
            strides = Strides(rowMajor: shape)
        }
        return try copied(operand, .float32, strides)
    }

    /// A copy of another type or memory order.
    func copied(_ operand: Operand, _ dtype: DType, _ strides: Strides) throws(TensorError) -> Scratch {
        let result = try scratch(operand.shape, dtype, strides)
        let from: InlineArray<1, Operand> = [operand]
        let to: InlineArray<1, Operand> = [result.operand]
        copy(from.span, to.span)
        return result
    }

    /// What is thrown when the engine hands over memory that the processor cannot address.
    func noAddress(_ operation: String, _ inputs: Span<Operand>, _ outputs: Span<Operand>) -> TensorError {
        TensorError(
            .deviceMismatch, operation: operation, "an operand has no address in host memory",
            remedy: "move every tensor of the operation to the device '\(name)'")
    }
}
