// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend

extension Tensor {
    /// The same numbers in another type.
    ///
    /// Real numbers become integers by truncation; anything becomes bool by comparison with zero. The gradient flows
    /// between floating-point types.
    ///
    ///     Tensor([1.7, -1.7]).converted(to: .int64)      // [1, -1]
    public func converted(to dtype: DType) -> Tensor {
        self.dtype == dtype ? self : dispatch(Conversion(dtype: dtype), [self])
    }
}

private struct Conversion: Op {
    let dtype: DType
    var name: String { "converted" }

    func output(_ inputs: [Tensor]) -> TensorSpec { TensorSpec(shape: inputs[0].shape, dtype: dtype) }
    func request(_ inputs: [Tensor]) -> KernelRequest { .copy }
    func prepared(_ value: TensorValue, _ input: Int, _ output: TensorSpec) -> TensorValue { value }

    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] {
        [dtype.isFloatingPoint ? upstream.converted(to: saved.inputs[0].dtype) : nil]
    }
}
