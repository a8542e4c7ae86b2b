// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend

extension Tensor {
    /// The same number everywhere.
    ///
    ///     Tensor.full([2, 3], 0.5)      // [[0.5, 0.5, 0.5], [0.5, 0.5, 0.5]]
    public static func full(_ shape: Shape, _ number: Double, dtype: DType = .float32, on device: Device = .current)
        -> Tensor
    {
        make(operation: "full", TensorSpec(shape: shape, dtype: dtype)) { spec throws(TensorError) in
            let value = try TensorValue.allocate(spec, on: device.backend)
            guard shape.elementCount > 0 else { return value }
            let outputs: InlineArray<1, Operand> = [value.operand]
            let inputs = InlineArray<0, Operand> { _ in value.operand }
            try device.backend.execute(
                .elementwise(ScalarProgram(constant: number), dtype.arithmetic), inputs: inputs.span,
                outputs: outputs.span)
            return value
        }
    }

    /// Zeros.
    ///
    ///     Tensor.zeros([3], dtype: .int64)      // [0, 0, 0]
    public static func zeros(_ shape: Shape, dtype: DType = .float32, on device: Device = .current) -> Tensor {
        full(shape, 0, dtype: dtype, on: device)
    }

    /// Ones.
    ///
    ///     Tensor.ones([2, 2])      // [[1, 1], [1, 1]]
    public static func ones(_ shape: Shape, dtype: DType = .float32, on device: Device = .current) -> Tensor {
        full(shape, 1, dtype: dtype, on: device)
    }

    /// Zeros of this tensor's shape, type and device.
    ///
    ///     Tensor([1.0, 2.0]).zerosLike()      // [0, 0]
    public func zerosLike() -> Tensor { .zeros(shape, dtype: dtype, on: device) }

    /// Ones of this tensor's shape, type and device.
    ///
    ///     Tensor([5.0, 6.0]).onesLike()      // [1, 1]
    public func onesLike() -> Tensor { .ones(shape, dtype: dtype, on: device) }

    /// The whole numbers from 0 up to, without, `count`; int64.
    ///
    ///     Tensor.indices(4)      // [0, 1, 2, 3]
    public static func indices(_ count: Int, on device: Device = .current) -> Tensor {
        listed(operation: "indices", count, dtype: .int64, on: device) { $0 }
    }
}
