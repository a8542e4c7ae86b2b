// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingEngine

/// The parameters that one rule with the same hyper-parameters changes: what a step handles together.
struct OptimizerPart {
    let rule: any OptimizerRule
    private(set) var indices: [Int] = []

    private init(_ rule: any OptimizerRule) { self.rule = rule }

    /// The part's learning rate, when the optimizer's is `current`: scheduled rates change all parts in proportion.
    func learningRate(_ current: Double, of whole: any OptimizerRule) -> Double {
        if rule.learningRate == whole.learningRate { return current }
        return whole.learningRate > 0 ? rule.learningRate * (current / whole.learningRate) : rule.learningRate
    }

    /// Gives every parameter to the first group that takes it, and within it to the rule's part for it.
    /// - Throws: `TensorError` for an impossible hyper-parameter, and for a group that names no parameter.
    static func divide(
        _ parameters: [(name: String, parameter: Parameter)], among groups: [ParameterGroup],
        by rule: any OptimizerRule
    ) throws(TensorError) -> [OptimizerPart] {
        try rule.validate()
        for group in groups { try group.validate(parameters.map(\.name)) }
        var parts: [[OptimizerPart]] = []
        for group in groups {
            let own = group.applied(to: rule)
            for part in own { try part.validate() }
            parts.append(own.map(OptimizerPart.init))
        }
        // Those that no group takes.
        parts.append(rule.parts.map(OptimizerPart.init))
        for (index, entry) in parameters.enumerated() {
            let shape = entry.parameter.shape
            let group = groups.firstIndex { $0.takes(entry.name, shape) } ?? groups.count
            let place = rule.part(for: entry.name, shape)
            guard parts[group].indices.contains(place) else {
                throw TensorError(
                    .invalidValue, operation: rule.name,
                    "it gives '\(entry.name)' to its part \(place), but has \(parts[group].count) parts",
                    remedy: "let part(for:_:) answer with an index of parts")
            }
            parts[group][place].indices.append(index)
        }
        return parts.flatMap { $0 }.filter { !$0.indices.isEmpty }
    }
}
