// SPDX-License-Identifier: Apache-2.0
internal import KindlingEngine
internal import KindlingNN
internal import KindlingOptim

/// A part of a model that is not learned from the beginning on, and then at rates of its own.
struct Backbone {
    private let parameters: [Parameter]
    /// The names as optimizers have them.
    private let names: Set<String>

    /// The parameters that a pattern means, by their names in the model that checkpoints hold.
    /// - Parameter keepsNorms: Whether weights of batch normalizations are left out, so that they go on learning.
    /// - Throws: `TensorError` when there are none.
    init(_ pattern: String, of module: any TrainingModule, keepsNorms: Bool) throws {
        let root = module.checkpointRoot
        var left: Set<ObjectIdentifier> = []
        if keepsNorms {
            for (_, inner) in root.namedModules where inner is BatchNorm {
                left.formUnion(inner.parameters.map { ObjectIdentifier($0) })
            }
        }
        let all = try root.namedParameters(matching: NamePattern(pattern)).map(\.parameter)
        parameters = all.filter { !left.contains(ObjectIdentifier($0)) }
        let chosen = Set(parameters.map { ObjectIdentifier($0) })
        names = Set(module.namedParameters.filter { chosen.contains(ObjectIdentifier($0.parameter)) }.map(\.name))
    }

    func setFrozen(_ isFrozen: Bool) {
        for parameter in parameters { parameter.isFrozen = isFrozen }
    }

    /// What the rates of its parameters are multiplied with.
    func setFactor(_ factor: Double, _ optimizers: [Optimizer]) {
        for optimizer in optimizers { optimizer.setLearningRateFactor(factor) { names.contains($0) } }
    }
}
