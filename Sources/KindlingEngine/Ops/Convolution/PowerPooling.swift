// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// The norm of each window, (Σ |x|ᵖ)^(1 / p): between a sum for p = 1 and the largest magnitude.
    ///
    /// `[N, C, spatial…]` → `[N, C, spatial…]`. PyTorch's `lp_pool` takes xᵖ without the magnitude, which is the same
    /// for even p. float16 and bfloat16 are computed on in float32. Refuses integers, p below 1, and windows that do not
    /// fit.
    ///
    ///     let y = x.powerPooled(2, size: [2])
    /// - Parameters:
    ///   - order: p, 1 or more.
    ///   - size: The window's size, one number for all spatial axes or one for each.
    ///   - stride: From one window to the next; the window's size when nil.
    ///   - ceilMode: Whether a last window that hangs over the end counts; as in PyTorch, its sum is scaled up to that
    ///     of a whole window.
    public func powerPooled(
        _ order: Double, size: [Int], stride: [Int]? = nil, ceilMode: Bool = false
    ) -> Tensor {
        noting { () throws(TensorError) in
            try requireReal("powerPooled", "pictures")
            try requireNumber(order, "powerPooled", "an order", "1 or more") { $0 >= 1 }
            let powers = converted(to: statisticsType).abs().power(order)
            let means =
                ceilMode
                ? powers.averagePooled(size: size, stride: stride, ceilMode: true)
                : try powers.pooled(.average, "powerPooled", size, stride ?? size, before: [0], after: [0])
            let count =
                size.count == 1
                ? (2..<rank).reduce(1.0) { all, _ in all * Double(size[0]) }
                : size.reduce(1.0) { $0 * Double($1) }
            return (means * count).power(1 / order).converted(to: dtype)
        }
    }
}
