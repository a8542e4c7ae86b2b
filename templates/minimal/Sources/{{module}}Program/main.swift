import KindlingCLI
import {{module}}

await KindlingCommand.main(components: components)
