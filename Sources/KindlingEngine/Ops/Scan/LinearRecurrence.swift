// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// What decays and is added to along an axis: y_i = a_i · y_{i−1} + x_i, beginning with y_0 = x_0.
    ///
    /// Moving averages, discounted returns and diagonal state spaces are such recurrences. Output: this tensor's shape;
    /// `decay` broadcasts to it. Both are floating-point and promote. Gradients of every order flow to both.
    ///
    ///     Tensor([1, 1, 1]).linearRecurrence(decay: Tensor(0.5), along: 0)     // [1, 1.5, 1.75]
    /// - Parameter decay: The factors a.
    /// - Parameter reversed: Whether it begins at the axis' end: y_i = a_i · y_{i+1} + x_i.
    public func linearRecurrence(decay: Tensor, along axis: Int, reversed: Bool = false) -> Tensor {
        do throws(TensorError) {
            let axis = try resolved(axis: axis, "linearRecurrence")
            guard dtype.isFloatingPoint, decay.dtype.isFloatingPoint else {
                throw TensorError(
                    .dtypeMismatch, operation: "linearRecurrence",
                    "\(dtype.name) and \(decay.dtype.name) are not both floating-point types",
                    remedy: "convert them: converted(to: .float32)")
            }
            guard shape.broadcast(with: decay.shape) == shape else {
                throw TensorError(
                    .shapeMismatch, operation: "linearRecurrence",
                    "a decay of shape \(decay.shape) does not broadcast to \(shape)",
                    remedy: "reshape it, or expand this tensor")
            }
            let common = dtype.promoted(with: decay.dtype)
            return converted(to: common).recurrence(
                decay.converted(to: common).expanded(to: shape), axis: axis, reverse: reversed)
        } catch { return .failed(error, spec) }
    }
}
