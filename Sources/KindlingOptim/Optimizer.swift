// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
public import KindlingEngine

/// A rule at work on some parameters, with the state it keeps for them.
///
///     let optimizer = try Optimizer(Adam(learningRate: 1e-3), parameters: model.namedParameters)
///     try loss.backward()
///     try optimizer.step()
public final class Optimizer {
    /// The rule.
    public let rule: any OptimizerRule
    /// How many steps were taken.
    public private(set) var stepCount = 0
    /// The learning rate of the next step.
    public var learningRate: Double
    private let parameters: [(name: String, parameter: Parameter)]
    private var update: OptimizerUpdate

    /// Applies a rule to parameters that have their first values.
    /// - Throws: `TensorError` when there is no memory for the state.
    public init(_ rule: any OptimizerRule, parameters: [(name: String, parameter: Parameter)]) throws(TensorError) {
        self.rule = rule
        self.parameters = parameters
        learningRate = rule.learningRate
        update = try OptimizerUpdate(parameters: parameters.map(\.parameter), slotCount: rule.slotNames.count)
    }

    /// Gives every parameter with a gradient its next value, and takes the gradients away.
    /// - Parameter gradientScale: What gradients are multiplied with first: a clipping factor.
    /// - Throws: `TensorError` when the device fails; parameters then keep their values.
    public func step(gradientScale: Double = 1) throws(TensorError) {
        let request = rule.request(step: stepCount + 1, learningRate: learningRate)
        try update.apply(request, gradientScale: gradientScale)
        stepCount += 1
        clearGradients()
    }

    /// Takes the gradients away.
    public func clearGradients() {
        for (_, parameter) in parameters { parameter.gradient = nil }
    }

    /// The state tensors by name, `0.weight/momentum`, for checkpoints.
    public var state: [(name: String, value: Tensor)] {
        var result: [(name: String, value: Tensor)] = []
        for (index, entry) in parameters.enumerated() {
            for (slot, slotName) in rule.slotNames.enumerated() {
                result.append(("\(entry.name)/\(slotName)", update[index, slot]))
            }
        }
        return result
    }

    /// Takes up where another optimizer stopped.
    /// - Throws: `TensorError` naming the first state tensor that is missing or has another shape.
    public func restore(stepCount: Int, state: (String) throws -> Tensor?) throws {
        for (index, entry) in parameters.enumerated() {
            for (slot, slotName) in rule.slotNames.enumerated() {
                let name = "\(entry.name)/\(slotName)"
                guard let value = try state(name), value.shape == entry.parameter.shape else {
                    throw TensorError(
                        .shapeMismatch, operation: "optimizer",
                        "the state '\(name)' is missing or does not have the shape \(entry.parameter.shape)",
                        remedy: "resume with the optimizer that the checkpoint was written with")
                }
                update[index, slot] = value
            }
        }
        self.stepCount = stepCount
    }
}
