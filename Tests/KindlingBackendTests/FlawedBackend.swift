// SPDX-License-Identifier: Apache-2.0

import KindlingBackend
import ReferenceBackend

/// The reference with one flaw, which the laws have to find.
final class FlawedBackend: Backend {
    enum Flaw: String, Sendable, CaseIterable {
        case changesLastElement, writesBehindTheEnd, writesToItsInput, takesWrongIndices, losesUploads
    }

    let name = "flawed"
    let summary = "the reference with a flaw"
    let sharesHostMemory = true
    private let flaw: Flaw?
    private let refused: String
    private let sound = ReferenceBackend()

    init(_ flaw: Flaw? = nil, refusing refused: String = "") {
        self.flaw = flaw
        self.refused = refused
    }

    func allocate(byteCount: Int) throws(TensorError) -> Storage { try sound.allocate(byteCount: byteCount) }

    func release(address: UnsafeMutableRawPointer?, handle: UInt, byteCount: Int) {
        sound.release(address: address, handle: handle, byteCount: byteCount)
    }

    func upload(_ bytes: UnsafeRawBufferPointer, to storage: Storage) throws(TensorError) {
        if flaw != .losesUploads { try sound.upload(bytes, to: storage) }
    }

    func download(
        _ storage: Storage, byteOffset: Int, to bytes: UnsafeMutableRawBufferPointer
    ) throws(TensorError) {
        try sound.download(storage, byteOffset: byteOffset, to: bytes)
    }

    func execute(_ request: KernelRequest, inputs: Span<Operand>, outputs: Span<Operand>) throws(TensorError) {
        if request.name == refused { throw .unsupported(refused, by: name) }
        do throws(TensorError) {
            try sound.execute(request, inputs: inputs, outputs: outputs)
        } catch {
            if flaw != .takesWrongIndices || error.code != .indexOutOfRange { throw error }
        }
        let size = outputs[0].dtype.byteCount
        let end = outputs[0].address.map { $0 + outputs[0].shape.elementCount * size }
        switch flaw {
        case .changesLastElement where outputs[0].shape.elementCount > 0 && outputs[0].isRowMajor:
            if let last = end.map({ $0 - 1 }) { last.storeBytes(of: ~last.load(as: UInt8.self), as: UInt8.self) }
        case .writesBehindTheEnd where outputs[0].isRowMajor: end?.storeBytes(of: 0x77, as: UInt8.self)
        case .writesToItsInput where !inputs.isEmpty:
            inputs[0].address?.storeBytes(of: 0x77, as: UInt8.self)
        case .changesLastElement, .writesBehindTheEnd, .writesToItsInput, .takesWrongIndices, .losesUploads, nil: break
        }
    }

    func synchronize() throws(TensorError) {}
}
