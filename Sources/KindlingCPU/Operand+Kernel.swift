// SPDX-License-Identifier: Apache-2.0
internal import CKernels
internal import KindlingBackend

extension Operand {
    /// As the C kernels take it.
    @inline(__always)
    func describe(to target: UnsafeMutablePointer<kd_operand>) {
        target.pointee.data = address
        target.pointee.dtype = Int32(dtype.rawValue)
        let steps = kd_strides_of(target)
        for axis in 0..<shape.rank { steps[axis] = Int64(strides[axis]) }
    }
}

extension Shape {
    /// As the C kernels take it.
    @inline(__always)
    var kernelShape: kd_shape {
        var result = kd_shape()
        result.rank = Int32(rank)
        let sizes = kd_sizes_of(&result)
        for axis in 0..<rank { sizes[axis] = Int64(self[axis]) }
        return result
    }
}

extension DType {
    /// As the C kernels number it.
    var kernelType: Int32 { Int32(rawValue) }
}

extension TensorError {
    /// A kernel found no memory to work in.
    static func noWorkspace(_ operation: String) -> TensorError {
        TensorError(
            .outOfMemory, operation: operation,
            "no memory for intermediate results; \(CPUBackend.memoryStatistics.bytesInUse) bytes are in use",
            remedy: "use a smaller batch, or release tensors that are not needed any more")
    }
}
