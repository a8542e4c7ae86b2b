// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The size of a vector over axes, all when none are named: (Σ |x|ᵖ)^(1/p), and the largest |x| for p = ∞.
    ///
    /// Float32 for integers. At the zero vector the gradient is 0. A p that is not positive, and an axis that does not
    /// exist or is named twice, are errors.
    ///
    ///     Tensor([3, 4]).norm()                        // 5
    ///     x.norm(order: .infinity, over: -1)           // [3, 4] → [3]
    /// - Parameter order: p; 2 by default, the Euclidean length.
    public func norm(order: Double = 2, over axes: Int..., keepDims: Bool = false) -> Tensor {
        do throws(TensorError) {
            _ = try axisMask(axes, operation: "norm")
            guard order > 0 else {
                throw TensorError(
                    .invalidValue, operation: "norm", "the order cannot be \(order)",
                    remedy: "give a positive number or .infinity; countNonZero counts what order 0 would")
            }
        } catch { return .failed(error, spec) }
        let real = (dtype.isFloatingPoint ? self : converted(to: .float32)).prepared(for: "norm")
        switch order {
        case 1: return real.abs().reduced("norm", .sum, over: axes, keepDims: keepDims)
        case 2: return real.squared().reduced("norm", .sum, over: axes, keepDims: keepDims).elementwise(rootOrFlat)
        case .infinity: return real.abs().reduced("norm", .maximum, over: axes, keepDims: keepDims)
        default:
            return real.abs().elementwise(powerOrFlat, parameters: [order])
                .reduced("norm", .sum, over: axes, keepDims: keepDims)
                .elementwise(powerOrFlat, parameters: [1 / order])
        }
    }
}

/// xᵖ for positive p, whose gradient is 0 at 0.
private let powerOrFlat = ElementwiseDefinition("norm", .floating, inputs: 1, parameters: 1) { builder in
    let x = builder.input(0)
    let isZero = builder.apply(.equal, x, builder.constant(0))
    let safe = builder.apply(.select, isZero, builder.constant(1), x)
    return builder.apply(
        .select, isZero, builder.constant(0), builder.apply(.power, safe, builder.parameter(0)))
}
