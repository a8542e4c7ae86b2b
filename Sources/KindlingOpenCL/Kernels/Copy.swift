// SPDX-License-Identifier: Apache-2.0
internal import COpenCL
internal import KindlingBackend

extension OpenCLBackend {
    /// Queues a copy: of bytes where nothing changes, of whole words where only the order does, else by conversion.
    func copy(_ input: Operand, _ output: Operand) throws(TensorError) {
        let plan = IterationPlan(output.shape, [output.strides, input.strides])
        guard plan.count > 0 else { return }  // No elements, no work.
        let sameType = input.dtype == output.dtype
        if sameType, plan.access == [.linear, .linear], input.storage !== output.storage {
            let size = input.dtype.byteCount
            let status = clEnqueueCopyBuffer(
                queue, input.storage.buffer, output.storage.buffer, input.offset * size, output.offset * size,
                plan.count * size, 0, nil, nil)
            return try check(status, "copy", while: "copying \(OpenCLDevice.bytes(plan.count * size)) on it")
        }
        let word = sameType ? Self.word(of: input.dtype) : nil
        let (from, to) = (input.stored(as: word ?? input.dtype), output.stored(as: word ?? output.dtype))
        try elementwise(ScalarProgram(.identity), from.dtype.arithmetic, [to, from], "copy")
    }

    /// A type of the same size whose values pass through a kernel unchanged: no denormal number is flushed, no double
    /// is needed, and fewer kernels are compiled.
    ///
    /// There is none of two bytes, which float32 carries exactly.
    private static func word(of dtype: DType) -> DType? {
        switch dtype {
        case .float32, .int32: .int32
        case .float64, .int64: .int64
        case .uint8, .bool: .uint8
        case .float16, .bfloat16: nil
        }
    }
}

extension Operand {
    /// The same memory, its elements taken for those of another type of the same size.
    fileprivate func stored(as dtype: DType) -> Operand {
        Operand(
            storage: storage, offset: offset, dtype: dtype, shape: shape, strides: strides, isRowMajor: isRowMajor)
    }
}
