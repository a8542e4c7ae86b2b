// SPDX-License-Identifier: Apache-2.0
internal import COpenCL
public import KindlingBackend
internal import Synchronization

extension OpenCLBackend {
    /// Memory from the cache, or a new buffer.
    /// - Throws: `TensorError` with code `outOfMemory`, after what waits for reuse was given back to the driver.
    public func allocate(byteCount: Int) throws(TensorError) -> Storage {
        guard byteCount <= device.maximumAllocation else {
            let limit = OpenCLDevice.bytes(device.maximumAllocation)
            throw TensorError(
                .outOfMemory, operation: "allocate",
                "\(OpenCLDevice.bytes(byteCount)) are more than \(name) gives in one piece, \(limit)",
                remedy: "use smaller batches, or split the tensor")
        }
        let size = min(BufferCache.sizeClass(byteCount), max(byteCount, device.maximumAllocation))
        let cached = buffers.withLock { $0.take(size) }
        let handle: UInt
        if let cached { handle = cached } else { handle = try newBuffer(size) }
        return Storage(address: nil, handle: handle, byteCount: size, backend: self)
    }

    /// Puts a buffer into the cache; work that is queued on it runs before anything that gets it next.
    public func release(address: UnsafeMutableRawPointer?, handle: UInt, byteCount: Int) {
        buffers.withLock { $0.give(handle, byteCount) }
    }

    /// Copies to the device and waits for it.
    public func upload(_ bytes: UnsafeRawBufferPointer, to storage: Storage) throws(TensorError) {
        guard let address = bytes.baseAddress, bytes.count > 0 else { return }  // Nothing to copy, nothing to wait for.
        let status = clEnqueueWriteBuffer(
            queue, storage.buffer, cl_bool(CL_TRUE), 0, bytes.count, address, 0, nil, nil)
        try check(status, "upload", while: "copying \(OpenCLDevice.bytes(bytes.count)) to it")
    }

    /// Copies from the device when all work before it is done, and waits for it.
    public func download(
        _ storage: Storage, byteOffset: Int, to bytes: UnsafeMutableRawBufferPointer
    ) throws(TensorError) {
        guard let address = bytes.baseAddress, bytes.count > 0 else { return }  // As in `upload`.
        let status = clEnqueueReadBuffer(
            queue, storage.buffer, cl_bool(CL_TRUE), byteOffset, bytes.count, address, 0, nil, nil)
        try check(status, "download", while: "copying \(OpenCLDevice.bytes(bytes.count)) from it")
    }

    /// Waits for the queue to run empty.
    public func synchronize() throws(TensorError) {
        try check(clFinish(queue), "synchronize", while: "finishing its work")
    }

    /// Memory of its own for a tensor that lives for one request.
    func scratch(_ dtype: DType, _ shape: Shape) throws(TensorError) -> Storage {
        try allocate(byteCount: shape.elementCount * dtype.byteCount)
    }

    private func newBuffer(_ size: Int) throws(TensorError) -> UInt {
        var status: cl_int = CL_SUCCESS
        var buffer = clCreateBuffer(context, cl_mem_flags(CL_MEM_READ_WRITE), size, nil, &status)
        if buffer == nil {
            for handle in buffers.withLock({ $0.drain() }) { clReleaseMemObject(cl_mem(bitPattern: handle)) }
            // Buffers are really gone only when the work queued on them is.
            try synchronize()
            buffer = clCreateBuffer(context, cl_mem_flags(CL_MEM_READ_WRITE), size, nil, &status)
        }
        guard let buffer else {
            let used = buffers.withLock { $0.usedBytes }
            throw TensorError(
                .outOfMemory, operation: "allocate",
                "\(name) has no \(OpenCLDevice.bytes(size)) left: \(OpenCLDevice.bytes(used)) of its "
                    + "\(OpenCLDevice.bytes(device.globalMemory)) hold tensors (\(Status.name(status)))",
                remedy: "use smaller batches, or end other programs that use the device")
        }
        buffers.withLock { $0.noteNew(size) }
        return UInt(bitPattern: buffer)
    }
}

extension Storage {
    /// The OpenCL buffer behind it.
    var buffer: cl_mem? { cl_mem(bitPattern: handle) }
}

extension Operand {
    /// A tensor of a request's own, row-major from the start of its storage.
    init(_ storage: Storage, _ dtype: DType, _ shape: Shape) {
        self.init(
            storage: storage, offset: 0, dtype: dtype, shape: shape, strides: Strides(rowMajor: shape),
            isRowMajor: true)
    }
}
