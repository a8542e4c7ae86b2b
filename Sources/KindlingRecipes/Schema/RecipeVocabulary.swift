// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations
internal import KindlingData
internal import KindlingMetrics
internal import KindlingNN
internal import KindlingOptim
internal import KindlingTraining

/// All that recipes can say: the fields of a recipe, and every kind with its components.
///
/// The same declarations that recipes are read by, without making anything.
public struct RecipeVocabulary: Sendable {
    /// The fields of a recipe, in order.
    public let recipe: [FieldDescription]
    /// The kinds in the order in which a recipe meets them; a project's own kinds last.
    public let kinds: [KindDescription]

    /// Collects the built-in components and a project's own.
    public init(additions: [ComponentCatalog] = []) {
        recipe = Experiment.component.fields
        var kinds = RecipeVocabulary.builtIn(additions)
        for addition in additions where !kinds.contains(where: { $0.name == addition.kindName }) {
            let components = additions.filter { $0.kindName == addition.kindName }.flatMap(\.description.components)
            kinds.append(KindDescription(name: addition.kindName, components: components))
        }
        self.kinds = kinds
    }

    private static func builtIn(_ additions: [ComponentCatalog]) -> [KindDescription] {
        [
            DataModules.kind.description(additions: additions),
            Transforms.kind.description(additions: additions),
            LayerKind.kind.description(additions: additions),
            InitializerKind.kind.description(additions: additions),
            Losses.kind.description(additions: additions),
            Metrics.kind.description(additions: additions),
            Optimizers.kind.description(additions: additions),
            Schedules.kind.description(additions: additions),
            Callbacks.kind.description(additions: additions),
            Loggers.kind.description(additions: additions),
        ]
    }

    /// The kind of a name, or of the key of a recipe that takes it: `layer` and `model`, `callback` and `callbacks`.
    public func kind(_ name: String) -> KindDescription? {
        if let kind = kinds.first(where: { $0.name == name }) { return kind }
        guard let field = recipe.first(where: { $0.key == name }), let taken = RecipeVocabulary.kind(in: field.type)
        else { return nil }
        return kinds.first { $0.name == taken }
    }

    private static func kind(in type: FieldType) -> String? {
        switch type {
        case .component(let kind): kind
        case .list(let inner), .optional(let inner): kind(in: inner)
        case .either(let first, let second): kind(in: first) ?? kind(in: second)
        case .integer, .number, .string, .boolean, .choice, .section: nil
        }
    }

    /// The components of a name, of whatever kind: more than one where kinds share a name.
    public func components(named type: String) -> [ComponentDescription] { kinds.compactMap { $0.component(type) } }

    /// The kind or component that a misspelt name most likely means.
    public func nearest(to name: String) -> String? {
        nearestName(to: name, in: kinds.map(\.name) + kinds.flatMap { $0.components.map(\.type) })
    }
}
