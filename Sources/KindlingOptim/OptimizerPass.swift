// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
public import KindlingEngine

/// A part of an optimizer's step.
public enum OptimizerPass: Sendable {
    /// One request for all parameters together, over some of the slots.
    ///
    /// Parameters that have fewer slots take part with those they have, in a request of their own.
    case elementwise(OptimizerStep.Rule, slots: Range<Int>)
    /// Operations on all parameters of one shape at once, which give each a direction, as many as there are tensors; then
    /// one request for all parameters together, in which directions stand for gradients: rules of products of matrices.
    case directed(
        by: @Sendable (_ tensors: [OptimizedTensor]) -> [Tensor], then: OptimizerStep.Rule, slots: Range<Int>)
}

/// A parameter as a rule sees it.
public struct OptimizedTensor {
    /// The value.
    public let parameter: Tensor
    /// The gradient, scaled, in the parameter's type.
    public let gradient: Tensor
    /// The state tensors.
    public let slots: [Tensor]
}
