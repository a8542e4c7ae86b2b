import Kindling

/// What recipes can name besides Kindling's own components.
public let components: [ComponentCatalog] = [
    ComponentCatalog([TabularNet.component], of: LayerKind.kind),
    ComponentCatalog([LocalTable.component], of: DataModules.kind),
    ComponentCatalog([ErrorInUnits.component], of: Callbacks.kind),
]
