// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations

/// Refuses hyper-parameters outside their ranges.
/// - Throws: `TensorError` naming the first, its value and what it may be.
func check(
    _ owner: String, _ hyperparameters: (name: String, value: Double, range: FieldRange)...
) throws(TensorError) {
    for (name, value, range) in hyperparameters {
        guard range.contains(value) else { throw impossible(owner, "\(name) is \(value), but must be \(range)") }
        guard value.isFinite else { throw impossible(owner, "\(name) is \(value), but must be finite") }
    }
}

/// A hyper-parameter that no step can be taken with.
func impossible(_ owner: String, _ what: String) -> TensorError {
    TensorError(.invalidValue, operation: owner, what)
}

/// The text of a refusal without the name of the component, which recipes put before it.
struct HyperparameterError: Error, CustomStringConvertible {
    let description: String

    /// Runs checks for a recipe.
    static func checked<Component>(
        _ component: Component, _ validate: (Component) throws(TensorError) -> Void
    ) throws(HyperparameterError) -> Component {
        do throws(TensorError) { try validate(component) } catch { throw HyperparameterError(description: error.what) }
        return component
    }
}

extension OptimizerRule {
    /// The rule, when it can be used; for recipes.
    func validated() throws -> Self {
        try HyperparameterError.checked(self) { rule throws(TensorError) in try rule.validate() }
    }
}

extension LearningRateSchedule {
    /// The schedule, when it can be used; for recipes.
    func validated() throws -> Self {
        try HyperparameterError.checked(self) { it throws(TensorError) in try it.validate() }
    }
}
