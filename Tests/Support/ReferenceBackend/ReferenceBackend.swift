// SPDX-License-Identifier: Apache-2.0

import Glibc
public import KindlingBackend

/// The oracle: every request in plain loops and double precision, written to be obviously right, never shipped.
///
/// Each request is computed in three steps: all elements of the inputs are read into arrays in logical row-major
/// order, new arrays are made from them, and those are written out. So memory layout is the business of one file, and
/// an output may always share its memory with an input.
public final class ReferenceBackend: Backend {
    /// The name in messages.
    public let name: String

    /// A device of its own.
    public init(name: String = "reference") { self.name = name }

    /// The device in words.
    public var summary: String { "plain loops in double precision, for tests" }

    /// True: its memory is the host's.
    public var sharesHostMemory: Bool { true }

    /// Memory filled with 0xFF, which is NaN in every real type: whoever reads what was never written will see it.
    public func allocate(byteCount: Int) throws(TensorError) -> Storage {
        let usable = max(64, byteCount)
        guard let address = aligned_alloc(64, (usable + 63) / 64 * 64) else {
            throw TensorError(
                .outOfMemory, operation: "allocate", "the device '\(name)' has no \(byteCount) bytes left",
                remedy: "use smaller tensors")
        }
        memset(address, 0xFF, usable)
        return Storage(address: address, byteCount: usable, backend: self)
    }

    /// Gives memory back to the system.
    public func release(address: UnsafeMutableRawPointer?, handle: UInt, byteCount: Int) { free(address) }

    /// Copies bytes.
    public func upload(_ bytes: UnsafeRawBufferPointer, to storage: Storage) throws(TensorError) {
        guard let source = bytes.baseAddress, let target = storage.address else { return }  // nothing to copy
        target.copyMemory(from: source, byteCount: bytes.count)
    }

    /// Copies bytes.
    public func download(
        _ storage: Storage, byteOffset: Int, to bytes: UnsafeMutableRawBufferPointer
    ) throws(TensorError) {
        guard let target = bytes.baseAddress, let source = storage.address else { return }  // nothing to copy
        target.copyMemory(from: source + byteOffset, byteCount: bytes.count)
    }

    /// Runs a request, and returns when it is done.
    public func execute(
        _ request: KernelRequest, inputs: Span<Operand>, outputs: Span<Operand>
    ) throws(TensorError) {
        let inputs = inputs.indices.map { inputs[$0] }
        let outputs = outputs.indices.map { outputs[$0] }
        switch request {
        case .elementwise(let program, let arithmetic): program.run(in: arithmetic, from: inputs, to: outputs)
        case .copy: inputs[0].copy(to: outputs[0])
        case .reduce(let reduction): reduction.run(from: inputs[0], to: outputs[0])
        case .matmul(let matmul): matmul.run(from: inputs, to: outputs[0])
        case .convolution(let convolution): convolution.run(from: inputs, to: outputs)
        case .pooling(let pooling): pooling.run(from: inputs, to: outputs)
        case .softmax(let softmax): softmax.run(from: inputs, to: outputs[0])
        case .normalization(let normalization): normalization.run(from: inputs, to: outputs)
        case .crossEntropy(let crossEntropy): try crossEntropy.run(from: inputs, to: outputs)
        case .gather: try gather(from: inputs[0], at: inputs[1], to: outputs[0])
        case .scatterAdd: try scatterAdd(at: inputs[0], inputs[1], to: outputs[0])
        case .scan(let scan): scan.run(from: inputs, to: outputs[0])
        case .sort(let sort): sort.run(from: inputs[0], to: outputs[0])
        case .random(let fill): fill.run(to: outputs[0])
        case .optimizerStep(let step): step.run(from: inputs, to: outputs)
        case .linearAlgebra(let request): try request.run(from: inputs, to: outputs[0])
        }
    }

    /// Nothing to wait for.
    public func synchronize() throws(TensorError) {}
}
