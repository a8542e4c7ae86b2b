// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// log Σ eˣ over axes, all when none are named, shifted by the largest so that nothing overflows.
    ///
    /// −∞ over no elements. Float32 for integers. The gradient is the softmax over the axes. An axis that does not
    /// exist or is named twice is an error.
    ///
    ///     Tensor([1000, 1000]).logSumExp()     // 1000.6931
    public func logSumExp(over axes: Int..., keepDims: Bool = false) -> Tensor {
        let mask: UInt8
        do throws(TensorError) { mask = try axisMask(axes, operation: "logSumExp") } catch {
            return .failed(error, spec)
        }
        let real = dtype.isFloatingPoint ? self : converted(to: .float32)
        let result: Tensor
        if shape.elementCount(along: mask) == 0 || value.isPlaceholder {
            result = real.reduced("logSumExp", .sum, axes: mask).log()
        } else {
            // The value does not depend on the shift, so neither does the gradient.
            let shift = real.detached().reduced("logSumExp", .maximum, axes: mask).elementwise(finiteOrZero)
            result = (real - shift).exp().reduced("logSumExp", .sum, axes: mask).log() + shift
        }
        return keepDims || mask == 0 || value.isPlaceholder ? result : result.reshaped(to: shape.removing(axes: mask))
    }
}

/// An infinite shift would make every difference NaN.
private let finiteOrZero = ElementwiseDefinition("logSumExp", .promoted, inputs: 1) { builder in
    let x = builder.input(0)
    return builder.apply(.select, builder.apply(.isFinite, x), x, builder.constant(0))
}
