// SPDX-License-Identifier: Apache-2.0

/// One optimizer step over many tensors in one pass each: every value is read once and written once.
///
/// Inputs, for each of `count` tensors in turn: parameter, gradient, then `slots` state tensors. Outputs, for each in
/// turn: parameter, then the state tensors; they may be the same memory as the inputs. All of one tensor's operands
/// have its shape, except where a rule says otherwise; parameters and state have one type, float32 or float64;
/// gradients may be float16 or bfloat16.
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
        /// With `amsgrad` (Reddi and others 2018) a third slot keeps the largest v so far, which stands for v in the
        /// last line.
        case adam(
            learningRate: Double, beta1: Double, beta2: Double, epsilon: Double, weightDecay: Double, decoupled: Bool,
            correction1: Double, correction2: Double, amsgrad: Bool = false)

        /// Adamax (Kingma and Ba 2014); slots: first moment and largest gradient.
        ///
        /// g ← g + weightDecay · p; m ← β₁ m + (1 − β₁) g; u ← max(β₂ u, |g| + ε);
        /// p ← p − learningRate / correction1 · m / u.
        case adamax(
            learningRate: Double, beta1: Double, beta2: Double, epsilon: Double, weightDecay: Double,
            correction1: Double)

        /// Adam with Nesterov's momentum (Dozat 2016); slots: first and second moment, weight decay as for Adam.
        ///
        /// p ← p − learningRate · (gradientShare · g + momentumShare · m) / (√(v / correction2) + ε).
        case nadam(
            learningRate: Double, beta1: Double, beta2: Double, epsilon: Double, weightDecay: Double, decoupled: Bool,
            gradientShare: Double, momentumShare: Double, correction2: Double)

        /// Rectified Adam (Liu and others 2019); slots: first and second moment, weight decay as for Adam.
        ///
        /// p ← p − learningRate / correction1 · m · rectification · √correction2 / (√v + ε), and without the second
        /// moment, p ← p − learningRate / correction1 · m, where `rectification` is 0.
        case radam(
            learningRate: Double, beta1: Double, beta2: Double, epsilon: Double, weightDecay: Double, decoupled: Bool,
            correction1: Double, correction2: Double, rectification: Double)

        /// RMSprop (Hinton 2012, Graves 2013); slots: mean square, then the mean when `centered`, then the buffer if
        /// `momentum` is not 0.
        ///
        /// g ← g + weightDecay · p; v ← α v + (1 − α) g²; centered: a ← α a + (1 − α) g and v − a² (at least 0) stands
        /// for v; d = g / (√v + ε); b ← momentum · b + d; p ← p − learningRate · b.
        case rmsProp(
            learningRate: Double, smoothing: Double, epsilon: Double, weightDecay: Double, momentum: Double,
            centered: Bool)

        /// Adagrad (Duchi and others 2011); slot: the sum of squares.
        ///
        /// g ← g + weightDecay · p; s ← s + g²; p ← p − learningRate · g / (√s + ε).
        case adagrad(learningRate: Double, epsilon: Double, weightDecay: Double)

        /// Adadelta (Zeiler 2012); slots: mean square of gradients, mean square of changes.
        ///
        /// g ← g + weightDecay · p; v ← ρ v + (1 − ρ) g²; d = √(u + ε) / √(v + ε) · g; u ← ρ u + (1 − ρ) d²;
        /// p ← p − learningRate · d.
        case adadelta(learningRate: Double, smoothing: Double, epsilon: Double, weightDecay: Double)

        /// Lion (Chen and others 2023); slot: momentum. Weight decay is decoupled.
        ///
        /// p ← p − learningRate · weightDecay · p − learningRate · sign(β₁ m + (1 − β₁) g); m ← β₂ m + (1 − β₂) g.
        case lion(learningRate: Double, beta1: Double, beta2: Double, weightDecay: Double)

        /// LAMB (You and others 2019); slots: first and second moment. Sums are over one tensor each.
        ///
        /// m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²;
        /// u = (m / correction1) / (√(v / correction2) + ε) + weightDecay · p; p ← p − learningRate · ‖p‖ / ‖u‖ · u,
        /// where the quotient of norms is 1 unless both are above 0.
        case lamb(
            learningRate: Double, beta1: Double, beta2: Double, epsilon: Double, weightDecay: Double,
            correction1: Double, correction2: Double)

        /// Adafactor (Shazeer and Stern 2018); slots: of tensors of two axes or more two, the running means r of g² over
        /// the last axis, `[…, R, 1]`, and c over the one before, `[…, 1, C]`; of others one, the mean v of g².
        ///
        /// All tensors of a request have as many slots. Each mean goes `pace` of the way to its next value;
        /// v = r c / max(mean of r over R, ε); u = g / √max(v, ε²);
        /// p ← (1 − decay) · p − rate · max(minimumScale, rms(p)) / max(1, rms(u) / clipThreshold) · u.
        /// ε is the spacing of numbers next to 1 in the parameter's type when nil. Tensors without elements stay.
        case adafactor(
            rate: Double, pace: Double, epsilon: Double?, minimumScale: Double, clipThreshold: Double, decay: Double)

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
