// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The standard deviation over axes, all when none are named: √(Σ (x − mean)² / (n − correction)).
    ///
    /// Float32 for integers. Where all elements are equal the gradient is 0, as in PyTorch. An axis that does not
    /// exist or is named twice is an error.
    ///
    ///     x.standardDeviation(over: -1, correction: 0, keepDims: true)     // [3, 4] → [3, 1]
    /// - Parameter correction: 1 (the default) for the unbiased variance, 0 for that of a whole population.
    public func standardDeviation(over axes: Int..., correction: Int = 1, keepDims: Bool = false) -> Tensor {
        do throws(TensorError) { _ = try axisMask(axes, operation: "standardDeviation") } catch {
            return .failed(error, spec)
        }
        return variance(over: axes, correction: correction, keepDims: keepDims).elementwise(rootOrFlat)
    }

    /// Mean and variance over axes, all when none are named, computed in one go.
    ///
    /// The variance is Σ (x − mean)² / (n − correction). Float32 for integers. An axis that does not exist or is named
    /// twice is an error.
    ///
    ///     let (mean, variance) = x.meanAndVariance(over: 0)
    /// - Parameter correction: 1 (the default) for the unbiased variance, 0 for that of a whole population.
    public func meanAndVariance(
        over axes: Int..., correction: Int = 1, keepDims: Bool = false
    ) -> (mean: Tensor, variance: Tensor) {
        let mask: UInt8
        do throws(TensorError) { mask = try axisMask(axes, operation: "meanAndVariance") } catch {
            return (.failed(error, spec), .failed(error, spec))
        }
        let kept = mean(over: axes, keepDims: true)
        let scaled = variance(around: kept, over: axes, correction: correction, keepDims: true)
        if keepDims || value.isPlaceholder { return (kept, scaled) }
        let short = shape.removing(axes: mask)
        return (kept.reshaped(to: short), scaled.reshaped(to: short))
    }
}

/// √x, whose gradient is 0 at 0.
let rootOrFlat = ElementwiseDefinition("squareRoot", .floating, inputs: 1) { builder in
    let x = builder.input(0)
    let isZero = builder.apply(.equal, x, builder.constant(0))
    let safe = builder.apply(.select, isZero, builder.constant(1), x)
    return builder.apply(.select, isZero, builder.constant(0), builder.apply(.squareRoot, safe))
}
