// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend

extension Tensor {
    /// The elements in row-major order, converted to a Swift type.
    ///
    /// Waits for the device.
    /// - Throws: `TensorError` when the tensor has no elements to read (device `meta`, a failed operation).
    public func array<Scalar: TensorScalar>(of type: Scalar.Type = Scalar.self) throws(TensorError) -> [Scalar] {
        if value.isPlaceholder {
            throw TensorError(
                .unsupported, operation: "read", "this tensor is the result of an operation that failed",
                remedy: "catch the first error: wrap the computation in withTensorErrors { … }")
        }
        let source =
            value.layout == .rowMajor && dtype == Scalar.dtype
            ? value : try value.copied(to: .rowMajor, dtype: Scalar.dtype)
        let count = elementCount
        if count > 0, source.backend.isShapeOnly {
            // Refuses before the host makes room for elements that there are not.
            try source.backend.download(
                source.storage, byteOffset: 0, to: UnsafeMutableRawBufferPointer(start: nil, count: 0))
        }
        var failure: TensorError?
        let result = [Scalar](unsafeUninitializedCapacity: count) { buffer, initialized in
            do throws(TensorError) {
                let bytes = UnsafeMutableRawBufferPointer(
                    start: buffer.baseAddress, count: count * Scalar.dtype.byteCount)
                if count > 0 {
                    try source.backend.download(
                        source.storage, byteOffset: source.offset * Scalar.dtype.byteCount, to: bytes)
                }
                initialized = count
            } catch { failure = error }
        }
        if let failure { throw failure }
        return result
    }

    /// The one element of a tensor of one element.
    /// - Throws: `TensorError` when there is not exactly one, or it cannot be read.
    public func item() throws(TensorError) -> Double {
        guard elementCount == 1 else {
            throw TensorError(
                .shapeMismatch, operation: "item", "a tensor of shape \(shape) is not a single number",
                remedy: "reduce it first: mean(), sum(), or read all with array(of:)")
        }
        if value.backend.sharesHostMemory, let address = value.operand.address {
            try value.backend.synchronize()
            switch dtype {
            case .float32: return Double(address.load(as: Float.self))
            case .float64: return address.load(as: Double.self)
            case .int64: return Double(address.load(as: Int64.self))
            case .float16, .bfloat16, .int32, .uint8, .bool: break
            }
        }
        return try array(of: Double.self)[0]
    }

    /// The tensor's bytes in row-major order, without conversion.
    ///
    /// Waits for the device.
    package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) throws -> Result {
        let source = try value.rowMajor()
        let count = elementCount * dtype.byteCount
        if source.backend.sharesHostMemory, let address = source.operand.address {
            try source.backend.synchronize()
            defer { withExtendedLifetime(source) {} }
            return try body(UnsafeRawBufferPointer(start: address, count: count))
        }
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: Swift.max(1, count), alignment: 64)
        defer { bytes.deallocate() }
        try source.backend.download(
            source.storage, byteOffset: source.offset * dtype.byteCount,
            to: UnsafeMutableRawBufferPointer(rebasing: bytes[..<count]))
        return try body(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
    }

    /// The same elements on another device; the gradient flows back, except from `meta`, where there are no elements.
    /// - Throws: `TensorError` when they cannot be read (device `meta`), or there is no memory for them.
    public func copied(to device: Device) throws(TensorError) -> Tensor {
        if device == self.device || value.isPlaceholder { return self }
        if device == .meta { return Tensor(try TensorValue.allocate(spec, on: device.backend)) }
        let result = try TensorValue.allocate(spec, on: device.backend)
        var failure: TensorError?
        do {
            try withBytes { try device.backend.upload($0, to: result.storage) }
        } catch let error as TensorError { failure = error } catch {
            internalFault("copying between devices threw \(error)")
        }
        if let failure { throw failure }
        guard let node, GradientMode.isRecording else { return Tensor(result) }
        return Tensor(result, node: TransferNode(from: self.device, node))
    }
}

/// The result of a copy between devices: the gradient goes back to where the elements came from.
private final class TransferNode: OneSourceNode, @unchecked Sendable {
    private let origin: Device

    init(from origin: Device, _ source: Node) {
        self.origin = origin
        super.init(source)
    }

    override func backward(_ upstream: Tensor, _ pass: BackwardPass, _ flow: (Node, Tensor) -> Void)
        throws(TensorError)
    {
        flow(try takeSource(pass, "copied"), try upstream.copied(to: origin))
    }
}
