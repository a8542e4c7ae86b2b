// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
public import KindlingEngine

/// A part of an optimizer's step.
public enum OptimizerPass: Sendable {
    /// One request for all parameters together, over some of the slots.
    case elementwise(OptimizerStep.Rule, slots: Range<Int>)
    /// Operations on one parameter after the other: rules that need norms, rows and columns, or matrices.
    case tensorwise(@Sendable (OptimizedTensor) -> OptimizedTensor)
    /// Operations on all parameters of one shape at once, as many results as tensors: rules whose products of matrices
    /// can be batched.
    case shapewise(@Sendable ([OptimizedTensor]) -> [OptimizedTensor])
}

/// A parameter as a rule sees it, and as the rule leaves it.
public struct OptimizedTensor {
    /// The value.
    public var parameter: Tensor
    /// The gradient, scaled, in the parameter's type.
    public let gradient: Tensor
    /// The state tensors.
    public var slots: [Tensor]
}
