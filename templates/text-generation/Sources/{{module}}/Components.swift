import Kindling

/// What recipes can name besides Kindling's own components.
public let components: [ComponentCatalog] = [
    ComponentCatalog([CharacterModel.component], of: LayerKind.kind),
    ComponentCatalog([LocalText.component], of: DataModules.kind),
    ComponentCatalog([BitsPerCharacter.component], of: Callbacks.kind),
]
