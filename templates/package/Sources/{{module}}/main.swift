import Kindling
import KindlingCLI

// Every verb of the command line, and recipes that can name this project's own types.
await KindlingCommand.main(components: [ComponentCatalog([ResidualNet.component], of: LayerKind.kind)])
