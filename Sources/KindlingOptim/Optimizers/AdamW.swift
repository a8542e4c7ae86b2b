// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations

/// Adam with decoupled weight decay (Loshchilov and Hutter 2017).
///
/// p ← p − learningRate · weightDecay · p, then ``Adam``'s step without weight decay. Hyper-parameters are Adam's, with
/// a weight decay of 0.01.
///
///     let optimizer = try Optimizer(AdamW(weightDecay: 0.1), parameters: model.namedParameters)
@dynamicMemberLookup
public struct AdamW: ElementwiseRule {
    private var adam: Adam

    /// A rule.
    public init(
        learningRate: Double = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
        weightDecay: Double = 1e-2, amsgrad: Bool = false
    ) {
        adam = Adam(
            learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay,
            amsgrad: amsgrad)
    }

    /// Adam's hyper-parameters: `beta1`, `beta2`, `epsilon`, `amsgrad`.
    public subscript<Value>(dynamicMember hyperparameter: WritableKeyPath<Adam, Value>) -> Value {
        get { adam[keyPath: hyperparameter] }
        set { adam[keyPath: hyperparameter] = newValue }
    }

    /// `AdamW`.
    public var name: String { "AdamW" }
    /// How far each step goes.
    public var learningRate: Double {
        get { adam.learningRate }
        set { adam.learningRate = newValue }
    }
    /// How strongly parameters are pulled to zero.
    public var weightDecay: Double {
        get { adam.weightDecay }
        set { adam.weightDecay = newValue }
    }
    /// Adam's.
    public var slotNames: [String] { adam.slotNames }

    /// The step as backends know it.
    public func request(step: Int, learningRate: Double) -> OptimizerStep.Rule {
        adam.request(step: step, learningRate: learningRate, decoupled: true)
    }

    /// Refuses a hyper-parameter outside its range.
    public func validate() throws(TensorError) { try adam.validate(as: name) }

    static let component = Component<any OptimizerRule>(
        "AdamW", "Adam with decoupled weight decay (Loshchilov and Hutter 2017).",
        Field("learningRate", default: 1e-3, in: .nonNegative, "How far each step goes."),
        Field("beta1", default: 0.9, in: .fractionBelowOne, "How slowly the mean of the gradient follows."),
        Field("beta2", default: 0.999, in: .fractionBelowOne, "How slowly the mean of its square follows."),
        Field("epsilon", default: 1e-8, in: .nonNegative, "Keeps the quotient finite."),
        Field("weightDecay", default: 1e-2, in: .nonNegative, "How strongly parameters are pulled to zero."),
        Field("amsgrad", default: false, "Whether the largest second moment so far divides.")
    ) { learningRate, beta1, beta2, epsilon, weightDecay, amsgrad in
        try AdamW(
            learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay,
            amsgrad: amsgrad
        ).validated()
    }
}
