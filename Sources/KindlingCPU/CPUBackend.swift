// SPDX-License-Identifier: Apache-2.0
internal import CKernels
public import KindlingBackend

/// The processor: own loops for everything elementwise, oneDNN and OpenBLAS for matrices and pictures.
///
/// Work is done when ``execute(_:inputs:outputs:)`` returns. Results do not depend on the number of threads.
public final class CPUBackend: Backend, Sendable {
    /// The one processor.
    public static let shared = CPUBackend()

    private init() {}

    /// `cpu`.
    public let name = "cpu"

    /// Its memory can be read by address.
    public var sharesHostMemory: Bool { true }

    /// Memory from the cache of released blocks, or new from the system.
    /// - Throws: `TensorError` with code `outOfMemory`.
    public func allocate(byteCount: Int) throws(TensorError) -> Storage {
        try CachingAllocator.allocate(byteCount: byteCount, for: self)
    }

    /// Puts a block back into the cache.
    public func release(address: UnsafeMutableRawPointer?, handle: UInt, byteCount: Int) {
        CachingAllocator.release(address, byteCount: byteCount)
    }

    /// Copies into the storage at once.
    public func upload(_ bytes: UnsafeRawBufferPointer, to storage: Storage) throws(TensorError) {
        guard bytes.count > 0, let source = bytes.baseAddress, let target = storage.address else {
            return  // Nothing to copy: an empty tensor has no memory.
        }
        target.copyMemory(from: source, byteCount: bytes.count)
    }

    /// Copies out of the storage at once.
    public func download(
        _ storage: Storage, byteOffset: Int, to bytes: UnsafeMutableRawBufferPointer
    ) throws(TensorError) {
        guard bytes.count > 0, let target = bytes.baseAddress, let source = storage.address else {
            return  // Nothing to copy: an empty tensor has no memory.
        }
        target.copyMemory(from: source + byteOffset, byteCount: bytes.count)
    }

    /// Runs the request before it returns.
    public func execute(
        _ request: KernelRequest, inputs: Span<Operand>, outputs: Span<Operand>
    ) throws(TensorError) {
        switch request {
        case .elementwise(let program, let arithmetic): elementwise(program, arithmetic, inputs, outputs)
        case .copy: copy(inputs, outputs)
        case .reduce(let reduction): try reduce(reduction, inputs, outputs)
        case .matmul(let product): try matmul(product, inputs, outputs)
        case .convolution(let convolution): try self.convolution(convolution, inputs, outputs)
        case .pooling(let pooling): try self.pooling(pooling, inputs, outputs)
        case .softmax(let softmax): try self.softmax(softmax, inputs, outputs)
        case .normalization(let normalization): try self.normalization(normalization, inputs, outputs)
        case .crossEntropy(let entropy): try crossEntropy(entropy, inputs, outputs)
        case .gather: try gather(inputs, outputs)
        case .scatterAdd: try scatterAdd(inputs, outputs)
        case .scan(let scan): self.scan(scan, inputs, outputs)
        case .sort(let sort): try self.sort(sort, inputs, outputs)
        case .random(let fill): random(fill, outputs)
        case .optimizerStep(let step): try optimizerStep(step, inputs, outputs)
        case .linearAlgebra(let request): try linearAlgebra(request, inputs, outputs)
        }
    }

    /// Nothing to wait for: every request was done when it returned.
    public func synchronize() throws(TensorError) {}

    /// Channels-last for pictures that a convolution makes, else row-major.
    public func preferredLayout(for request: KernelRequest, output: Shape) -> MemoryLayoutPreference {
        libraryLayout(for: request, output: output)
    }
}
