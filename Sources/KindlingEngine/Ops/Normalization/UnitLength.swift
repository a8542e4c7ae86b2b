// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// Vectors along an axis scaled to length 1: x / max(‖x‖₂, ε).
    ///
    /// A vector of zeros stays one, and its gradient is finite. float16 and bfloat16 are computed on in float32; the
    /// result has the input's shape and type. Refuses integers and an axis that the tensor does not have.
    ///
    ///     let directions = embeddings.l2Normalized()     // each row of [N, E] of length 1
    /// - Parameters:
    ///   - axis: The vectors' axis.
    ///   - epsilon: Above 0: shorter vectors are divided by it. Below 1e-19 it counts as that.
    public func l2Normalized(along axis: Int = -1, epsilon: Double = 1e-12) -> Tensor {
        if value.isPlaceholder { return self }
        do throws(TensorError) {
            try checkNormalized("l2Normalized", epsilon: epsilon)
            guard let resolved = shape.axis(axis) else {
                throw TensorError(
                    .invalidAxis, operation: "l2Normalized", "axis \(axis) does not exist in shape \(shape)",
                    remedy: "use 0 ..< \(rank), or −1 for the last")
            }
            let x = converted(to: statisticsType)
            let square = x.squared().sum(over: resolved, keepDims: true)
            // The root of the square's bound is the bound of the root, and has a gradient at 0.
            let least = Swift.min(Swift.max(epsilon * epsilon, 1e-38), Double(Float.greatestFiniteMagnitude))
            return (x * square.clamped(least...Double.infinity).reciprocalSquareRoot()).converted(to: dtype)
        } catch { return .failed(error, spec) }
    }
}
