import Kindling

/// What recipes can name besides Kindling's own components.
public let components: [ComponentCatalog] = [
    ComponentCatalog([SpiralNet.component], of: LayerKind.kind),
    ComponentCatalog([Spirals.component], of: DataModules.kind),
    ComponentCatalog([StopAtTarget.component], of: Callbacks.kind),
]
