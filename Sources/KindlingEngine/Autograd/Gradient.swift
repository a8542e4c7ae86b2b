// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// The value of a function and its gradient at some tensors.
///
///     let (loss, gradients) = try valueAndGradient(at: [w]) { ws in (ws[0] * x).sum() }
/// - Parameters:
///   - points: The tensors to differentiate by, floating-point.
///   - differentiable: Whether the gradients shall themselves have gradients.
///   - function: Gives one number from tensors that stand for the points.
///
/// Nothing else that the function uses is touched: parameters in it collect no gradient, and what was computed before
/// is not freed. Inside `noGrad` it works as outside.
/// - Returns: The value and, for each point, the gradient in its shape; zeros where the value does not depend on it.
///   Unless the gradients are differentiable, the value is detached.
/// - Throws: `TensorError` when an operation fails or the value is not a single number.
public func valueAndGradient(
    at points: [Tensor], differentiable: Bool = false, _ function: ([Tensor]) throws -> Tensor
) throws -> (value: Tensor, gradients: [Tensor]) {
    try withTensorErrors {
        let traced = try TracedFunction(at: points, differentiable: differentiable, function)
        let result = traced.value
        guard result.elementCount == 1 || result.value.isPlaceholder else {
            throw TensorError(
                .noGradient, operation: "gradient", "a value of shape \(result.shape) is not a single number",
                remedy: "reduce it to one with mean() or sum()")
        }
        let gradients = try traced.gradients(seed: nil, keepingGraph: false, differentiable: differentiable)
        return (differentiable ? result : result.detached(), gradients)
    }
}

/// The gradient of a function at some tensors; see ``valueAndGradient(at:differentiable:_:)``.
public func gradient(
    at points: [Tensor], differentiable: Bool = false, _ function: ([Tensor]) throws -> Tensor
) throws -> [Tensor] {
    try valueAndGradient(at: points, differentiable: differentiable, function).gradients
}
