// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
public import KindlingDeclarations

/// Some parameters of a model that learn with their own learning rate or weight decay.
///
/// The first group of a list that takes a parameter has it; parameters that no group takes learn as the optimizer says.
///
///     OptimizerPlan.adamW(learningRate: 1e-3).grouped(
///         ParameterGroup("backbone", learningRateFactor: 0.1), .decayOnlyMatrices)
///
/// In a recipe:
///
///     groups:
///       - {match: backbone, learning_rate_factor: 0.1}
///       - {shape: vectors, weight_decay: 0}
public struct ParameterGroup: Sendable {
    /// Which shapes a group takes.
    public enum ShapeFilter: String, FieldChoice, Sendable {
        /// Every parameter.
        case all
        /// Those of two axes or more: weights of linear and convolution layers, embeddings.
        case matrices
        /// Those of one axis or none: biases, scales of norms.
        case vectors
    }

    /// Biases and norms' scales, which have one axis, without weight decay.
    public static let decayOnlyMatrices = ParameterGroup("*", shape: .vectors, weightDecay: 0)

    private let pattern: NamePattern
    private let filter: @Sendable (String, Shape) -> Bool
    private let learningRate: Double?
    private let learningRateFactor: Double
    private let weightDecay: Double?

    /// Parameters by name.
    /// - Parameters:
    ///   - pattern: A module's or parameter's path, `encoder.layers.0`, or a pattern for whole names in which `*`
    ///     stands for any text and `?` for one character, `*.bias`.
    ///   - shape: Which shapes, of those.
    ///   - learningRate: How far each step goes; the optimizer's when nil.
    ///   - learningRateFactor: What that is multiplied with.
    ///   - weightDecay: How strongly they are pulled to zero; the optimizer's when nil.
    public init(
        _ pattern: String, shape: ShapeFilter = .all, learningRate: Double? = nil, learningRateFactor: Double = 1,
        weightDecay: Double? = nil
    ) {
        self.pattern = NamePattern(pattern)
        filter = { _, actual in
            switch shape {
            case .all: true
            case .matrices: actual.rank >= 2
            case .vectors: actual.rank < 2
            }
        }
        self.learningRate = learningRate
        self.learningRateFactor = learningRateFactor
        self.weightDecay = weightDecay
    }

    /// Parameters that a function of name and shape takes.
    public init(
        learningRate: Double? = nil, learningRateFactor: Double = 1, weightDecay: Double? = nil,
        where takes: @escaping @Sendable (_ name: String, _ shape: Shape) -> Bool
    ) {
        pattern = NamePattern("*")
        filter = takes
        self.learningRate = learningRate
        self.learningRateFactor = learningRateFactor
        self.weightDecay = weightDecay
    }

    /// Whether a parameter belongs to the group.
    public func takes(_ name: String, _ shape: Shape) -> Bool { pattern.matches(name) && filter(name, shape) }

    /// The rule's parts as the group's parameters have them.
    func applied(to rule: any OptimizerRule) -> [any OptimizerRule] {
        var rule = rule
        if let weightDecay { rule.weightDecay = weightDecay }
        return rule.parts.map { part in
            var part = part
            part.learningRate = (learningRate ?? part.learningRate) * learningRateFactor
            return part
        }
    }

    /// Refuses impossible numbers, and a pattern that no parameter has.
    func validate(_ names: [String]) throws(TensorError) {
        try check(
            "group '\(pattern.text)'", ("learningRate", learningRate ?? 0, .nonNegative),
            ("learningRateFactor", learningRateFactor, .nonNegative), ("weightDecay", weightDecay ?? 0, .nonNegative))
        guard pattern.text == "*" || names.contains(where: pattern.matches) else {
            throw TensorError(
                .invalidValue, operation: "group '\(pattern.text)'",
                "no parameter has such a name; there are \(names.prefix(6).joined(separator: ", "))"
                    + (names.count > 6 ? " and \(names.count - 6) more" : ""),
                remedy: "name a module, a parameter, or a pattern with *")
        }
    }

    /// An entry of a recipe's `groups`.
    public static let component = Component<ParameterGroup>(
        "group", "Parameters that learn with their own learning rate or weight decay.",
        Field("match", default: "*", "A module's path, or a pattern of names with * and ?."),
        Field("shape", default: ShapeFilter.all, "Which shapes, of those: vectors are biases and scales."),
        Field<Double?>(
            "learningRate", default: nil, in: .nonNegative, "How far each step goes; the optimizer's if null."),
        Field("learningRateFactor", default: 1.0, in: .nonNegative, "What that is multiplied with."),
        Field<Double?>("weightDecay", default: nil, in: .nonNegative, "The pull to zero; the optimizer's if null.")
    ) { match, shape, learningRate, learningRateFactor, weightDecay in
        ParameterGroup(
            match, shape: shape, learningRate: learningRate, learningRateFactor: learningRateFactor,
            weightDecay: weightDecay)
    }
}
