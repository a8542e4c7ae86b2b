// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
public import KindlingDeclarations
internal import KindlingEngine

/// Momentum made orthogonal for matrices of hidden layers (Jordan and others 2024), AdamW for everything else.
///
/// For parameters of two axes: m ← momentum · m + (1 − momentum) · g; u = m, or with `nesterov` (1 − momentum) · g +
/// momentum · m; p ← p − learningRate · weightDecay · p − learningRate · scale · orthogonal(u), where `orthogonal` is
/// the Newton–Schulz iteration of ``NewtonSchulz`` and `scale` follows the matrix' sizes.
///
/// Embeddings and the last layer are matrices too, but learn better with AdamW: name them in `excluded`. Biases and all
/// that has not two axes learn with AdamW anyway.
///
/// Momentum is one request for all matrices, and so is the step that follows the iteration. The iteration itself is
/// products of matrices: it runs over all of one shape at once, the blocks of a transformer say, so there are as many
/// batched products as there are shapes.
///
///     let rule = Muon(learningRate: 0.02, excluded: ["embedding", "head"], others: AdamW(learningRate: 3e-4))
public struct Muon: OptimizerRule {
    /// How steps follow the sizes of a matrix of `rows` and `columns`.
    public enum Scale: String, FieldChoice, Sendable {
        /// √max(1, rows / columns), as first published.
        case original
        /// 0.2 · √max(rows, columns): steps as large as AdamW's (Liu and others 2025).
        case matchAdamW
        /// √(rows / columns) (Bernstein 2025).
        case spectral
    }

    /// How far each step goes, for matrices.
    public var learningRate: Double
    /// The share of the last direction that stays.
    public var momentum: Double
    /// Whether the gradient is looked at one step ahead.
    public var nesterov: Bool
    /// How strongly parameters are pulled to zero: matrices, and all others too.
    public var weightDecay: Double {
        didSet { others.weightDecay = weightDecay }
    }
    /// The iteration that makes a matrix orthogonal.
    public var iteration: NewtonSchulz
    /// How steps follow a matrix' sizes.
    public var scale: Scale
    /// Matrices that learn with AdamW: paths, or patterns with `*` and `?`.
    public var excluded: [String]
    /// What all but hidden matrices learn with.
    public var others: AdamW

    /// A rule, with PyTorch's defaults for matrices.
    public init(
        learningRate: Double = 1e-3, momentum: Double = 0.95, nesterov: Bool = true, weightDecay: Double = 0.1,
        iteration: NewtonSchulz = NewtonSchulz(), scale: Scale = .original, excluded: [String] = [],
        others: AdamW = AdamW(learningRate: 1e-3, weightDecay: 0.1)
    ) {
        self.learningRate = learningRate
        self.momentum = momentum
        self.nesterov = nesterov
        self.weightDecay = weightDecay
        self.iteration = iteration
        self.scale = scale
        self.excluded = excluded
        self.others = others
    }

    /// `Muon`.
    public var name: String { "Muon" }

    /// The rule for matrices, and AdamW.
    public var parts: [any OptimizerRule] { [self, others] }

    /// 0 for matrices that are not excluded, else 1.
    public func part(for name: String, _ shape: Shape) -> Int {
        shape.rank == 2 && !excluded.contains { NamePattern($0).matches(name) } ? 0 : 1
    }

    /// The last direction.
    public func slots(for shape: Shape) -> [OptimizerSlot] { [OptimizerSlot("momentum", shape)] }

    /// One request for all matrices' momentum; then their products, shape by shape; then one request for all matrices.
    public func passes(step: Int, learningRate: Double) -> [OptimizerPass] {
        [
            .elementwise(.program(following), slots: 0..<1),
            .directed(
                by: { directions($0, learningRate) }, then: .program(moving(keeping: 1 - learningRate * weightDecay)),
                slots: 0..<0),
        ]
    }

    /// Over parameter, gradient and last direction: the parameter as it is, and the next direction.
    private var following: ScalarProgram {
        var program = ScalarProgram(inputs: 3, constants: [1 - momentum])
        let way = program.append(.subtract, 1, 2)
        program.outputs = [0, program.append(.multiplyAdd, program.constant(0), way, 2)]
        return program
    }

    /// Over parameter and change: their sum, after weight decay.
    private func moving(keeping share: Double) -> ScalarProgram {
        var program = ScalarProgram(inputs: 2, constants: [share])
        program.outputs = [program.append(.multiplyAdd, 0, program.constant(0), 1)]
        return program
    }

    /// The changes of matrices of one shape.
    private func directions(_ matrices: [OptimizedTensor], _ learningRate: Double) -> [Tensor] {
        guard let first = matrices.first else { return [] }
        let momenta = stacked(matrices.map { $0.slots[0] })
        let ahead =
            nesterov ? stacked(matrices.map(\.gradient)).interpolated(to: momenta, weight: momentum) : momenta
        let changes = iteration.orthogonal(ahead) * -(learningRate * factor(for: first.parameter.shape))
        guard matrices.count > 1, !changes.isPlaceholder else { return matrices.map { _ in changes } }
        return matrices.indices.map { changes[$0] }
    }

    /// Side by side, so that each operation is one for all; one alone as it is.
    private func stacked(_ tensors: [Tensor]) -> Tensor { tensors.count == 1 ? tensors[0] : .stacked(tensors) }

    private func factor(for shape: Shape) -> Double {
        guard shape.elementCount > 0 else { return 1 }
        let (rows, columns) = (Double(shape[0]), Double(shape[1]))
        return switch scale {
        case .original: max(1, rows / columns).squareRoot()
        case .matchAdamW: 0.2 * max(rows, columns).squareRoot()
        case .spectral: (rows / columns).squareRoot()
        }
    }

    /// Refuses a hyper-parameter outside its range.
    public func validate() throws(TensorError) {
        try check(
            name, ("learningRate", learningRate, .nonNegative), ("momentum", momentum, .fractionBelowOne),
            ("weightDecay", weightDecay, .nonNegative), ("epsilon", iteration.epsilon, .positive),
            ("steps", Double(iteration.steps), NewtonSchulz.stepRange))
        try others.validate()
    }

    static let component = Component<any OptimizerRule>(
        "Muon", "Momentum made orthogonal for hidden matrices (Jordan and others 2024), AdamW for the rest.",
        Field("learningRate", default: 1e-3, in: .nonNegative, "How far each step goes, for matrices."),
        Field("momentum", default: 0.95, in: .fractionBelowOne, "Share of the last direction that stays."),
        Field("nesterov", default: true, "Whether the gradient is looked at one step ahead."),
        Field("weightDecay", default: 0.1, in: .nonNegative, "How strongly parameters are pulled to zero."),
        Field("steps", default: 5, in: NewtonSchulz.stepRange, "Steps of the iteration that makes orthogonal."),
        Field("scale", default: Scale.original, "How steps follow a matrix' sizes."),
        Field("excluded", default: [String](), "Matrices that learn with AdamW: embeddings, the last layer."),
        Field("othersLearningRate", default: 1e-3, in: .nonNegative, "How far AdamW's steps go, for all others."),
        Field("beta1", default: 0.9, in: .fractionBelowOne, "AdamW's, for all others."),
        Field("beta2", default: 0.999, in: .fractionBelowOne, "AdamW's, for all others.")
    ) {
        learningRate, momentum, nesterov, weightDecay, steps, scale, excluded, othersLearningRate, beta1, beta2 in
        try Muon(
            learningRate: learningRate, momentum: momentum, nesterov: nesterov, weightDecay: weightDecay,
            iteration: NewtonSchulz(steps: steps), scale: scale, excluded: excluded,
            others: AdamW(learningRate: othersLearningRate, beta1: beta1, beta2: beta2, weightDecay: weightDecay)
        ).validated()
    }
}
