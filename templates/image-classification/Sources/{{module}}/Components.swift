import Kindling

/// What recipes can name besides Kindling's own components.
public let components: [ComponentCatalog] = [
    ComponentCatalog([SmallResNet.component], of: LayerKind.kind),
    ComponentCatalog([ShapePictures.component], of: DataModules.kind),
    ComponentCatalog([OverfittingNotice.component], of: Callbacks.kind),
]
