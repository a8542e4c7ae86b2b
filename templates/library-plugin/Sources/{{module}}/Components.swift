import Kindling

/// What recipes can name when a program hands this to `KindlingCommand.main(components:)`.
public let components: [ComponentCatalog] = [
    ComponentCatalog([Maxout.component], of: LayerKind.kind),
    ComponentCatalog([Peaks.component], of: DataModules.kind),
    ComponentCatalog([SmoothAbsoluteError.component], of: Losses.kind),
    ComponentCatalog([LossRatio.component], of: Callbacks.kind),
]
