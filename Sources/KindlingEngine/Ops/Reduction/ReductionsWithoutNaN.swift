// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The sum along axes of the elements that are not NaN; of all axes when none is named.
    ///
    /// Output: the input's type, int64 for integers. No gradient flows to NaN. Refuses axes that do not exist.
    ///
    ///     Tensor([1.0, .nan, 2.0]).sumWithoutNaN()     // 3
    public func sumWithoutNaN(over axes: Int..., keepDims: Bool = false) -> Tensor {
        withoutNaN.reduced("sumWithoutNaN", .sum, over: axes, keepDims: keepDims)
    }

    /// The mean along axes of the elements that are not NaN; of all axes when none is named; NaN where there are none.
    ///
    /// Output: the input's type, float32 for integers. No gradient flows to NaN. Refuses axes that do not exist.
    ///
    ///     Tensor([1.0, .nan, 2.0]).meanWithoutNaN()    // 1.5
    public func meanWithoutNaN(over axes: Int..., keepDims: Bool = false) -> Tensor {
        let real = dtype.isFloatingPoint ? self : converted(to: .float32)
        let counts = real.detached().isNaN().logicalComplement.converted(to: .int64)
            .reduced("meanWithoutNaN", .sum, over: axes, keepDims: keepDims)
        let sums = real.withoutNaN.reduced("meanWithoutNaN", .sum, over: axes, keepDims: keepDims)
        return sums / counts.converted(to: real.dtype)
    }

    private var withoutNaN: Tensor {
        dtype.isFloatingPoint
            ? Tensor.zeros([], dtype: dtype, on: device).selected(where: detached().isNaN(), else: self) : self
    }

    private var logicalComplement: Tensor { .!self }
}
