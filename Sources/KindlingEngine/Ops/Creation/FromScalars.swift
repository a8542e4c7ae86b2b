// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend

extension Tensor {
    /// A tensor of the shape given, with the scalars in row-major order.
    ///
    ///     Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3])
    public init<Scalar: TensorScalar>(_ scalars: [Scalar], shape: Shape, on device: Device = .current) {
        self = Tensor.make(operation: "tensor", TensorSpec(shape: shape, dtype: Scalar.dtype)) {
            spec throws(TensorError) in
            guard scalars.count == shape.elementCount else {
                throw TensorError(
                    .shapeMismatch, operation: "tensor", "\(scalars.count) numbers do not fill the shape \(shape)",
                    remedy: "give \(shape.elementCount) numbers, or another shape")
            }
            let value = try TensorValue.allocate(spec, on: device.backend)
            try upload(scalars, to: value)
            return value
        }
    }

    /// A tensor of one axis.
    public init<Scalar: TensorScalar>(_ scalars: [Scalar], on device: Device = .current) {
        self.init(scalars, shape: [scalars.count], on: device)
    }

    /// A tensor of two axes.
    ///
    /// All rows must be of one length.
    public init<Scalar: TensorScalar>(_ rows: [[Scalar]], on device: Device = .current) {
        let columns = rows.first?.count ?? 0
        let shape: Shape = rows.allSatisfy { $0.count == columns } ? [rows.count, columns] : [rows.count, -1]
        self.init(rows.flatMap { $0 }, shape: shape, on: device)
    }

    /// A float32 tensor of one axis.
    public init(_ scalars: [Double], dtype: DType = .float32, on device: Device = .current) {
        self = Tensor(scalars, shape: [scalars.count], on: device).converted(to: dtype)
    }

    /// A float32 tensor of two axes.
    ///
    /// All rows must be of one length.
    public init(_ rows: [[Double]], dtype: DType = .float32, on device: Device = .current) {
        let columns = rows.first?.count ?? 0
        let shape: Shape = rows.allSatisfy { $0.count == columns } ? [rows.count, columns] : [rows.count, -1]
        self = Tensor(rows.flatMap { $0 }, shape: shape, on: device).converted(to: dtype)
    }

    /// A tensor of no axes: one number.
    public init(_ scalar: Double, dtype: DType = .float32, on device: Device = .current) {
        self = .full([], scalar, dtype: dtype, on: device)
    }

    /// A tensor of bytes that are the elements of `dtype`, in row-major order, as they come from a file.
    package init(bytes: UnsafeRawBufferPointer, shape: Shape, dtype: DType, on device: Device = .current) {
        self = Tensor.make(operation: "tensor", TensorSpec(shape: shape, dtype: dtype)) { spec throws(TensorError) in
            guard bytes.count == shape.elementCount * dtype.byteCount else {
                throw TensorError(
                    .shapeMismatch, operation: "tensor", "\(bytes.count) bytes do not fill \(spec)")
            }
            let value = try TensorValue.allocate(spec, on: device.backend)
            if bytes.count > 0 { try device.backend.upload(bytes, to: value.storage) }
            return value
        }
    }
}

private func upload<Scalar: TensorScalar>(_ scalars: [Scalar], to value: TensorValue) throws(TensorError) {
    var failure: TensorError?
    scalars.withUnsafeBytes { bytes in
        do throws(TensorError) {
            if bytes.count > 0 { try value.backend.upload(bytes, to: value.storage) }
        } catch { failure = error }
    }
    if let failure { throw failure }
}
