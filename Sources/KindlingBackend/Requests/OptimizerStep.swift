// SPDX-License-Identifier: Apache-2.0

/// One optimizer step over many tensors in one pass each: every value is read once and written once.
///
/// Inputs, for each of `count` tensors in turn: parameter, gradient, then `slots` state tensors. Outputs, for each in
/// turn: parameter, then the state tensors; they may be the same memory as the inputs. All of one tensor's operands
/// have its shape; parameters and state have one type, float32 or float64; gradients may be float16 or bfloat16.
/// The gradient g is first multiplied with `gradientScale`.
public struct OptimizerStep: Sendable, Hashable {
    /// What is computed.
    public enum Rule: Sendable, Hashable {
        /// Stochastic gradient descent; slots: the momentum buffer if `momentum` is not 0, else none.
        ///
        /// g ← g + weightDecay · p; b ← momentum · b + (1 − dampening) · g, on the first step b ← g;
        /// p ← p − learningRate · (nesterov ? g + momentum · b : b). Sutskever et al. 2013, as PyTorch has it.
        case sgd(
            learningRate: Double, momentum: Double, dampening: Double, nesterov: Bool, weightDecay: Double,
            firstStep: Bool)

        /// Adam (Kingma and Ba 2014) and AdamW (Loshchilov and Hutter 2017); slots: first and second moment.
        ///
        /// Decoupled: p ← p − learningRate · weightDecay · p; else g ← g + weightDecay · p.
        /// m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²;
        /// p ← p − learningRate / correction1 · m / (√(v / correction2) + ε), where correction_i = 1 − β_i^step.
        case adam(
            learningRate: Double, beta1: Double, beta2: Double, epsilon: Double, weightDecay: Double, decoupled: Bool,
            correction1: Double, correction2: Double)

        /// Any other rule: a program over parameter, gradient and slots that gives parameter and slots.
        case program(ScalarProgram)
    }

    /// What is computed.
    public let rule: Rule
    /// How many tensors.
    public let count: Int
    /// How many state tensors each parameter has.
    public let slots: Int
    /// What every gradient is multiplied with first: a clipping factor, the inverse of a loss scale.
    public let gradientScale: Double

    /// Describes a step.
    public init(_ rule: Rule, count: Int, slots: Int, gradientScale: Double = 1) {
        self.rule = rule
        self.count = count
        self.slots = slots
        self.gradientScale = gradientScale
    }
}
