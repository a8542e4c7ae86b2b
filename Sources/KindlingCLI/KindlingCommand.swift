// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Glibc
public import Kindling

/// The command line. A project's own `main` hands its components to the same one:
///
///     import Kindling
///     import KindlingCLI
///     await KindlingCommand.main(components: [ComponentCatalog([MyNet.component], of: LayerKind.kind)])
public enum KindlingCommand {
    /// Runs what the process's arguments ask for, and ends the process: 0 when all went well, 1 when something failed,
    /// 2 when the arguments or the recipe are wrong, 128 + n after signal n.
    /// - Parameter components: Components that recipes can name besides the built-in ones.
    public static func main(components: [ComponentCatalog] = []) async -> Never {
        let status = await run(Array(CommandLine.arguments.dropFirst()), components: components)
        if let problem = StandardOutput.problem {
            Console.standard.print(
                "error: standard output cannot be written: \(problem); nothing of it may be relied on")
            exit(status == 0 ? 1 : status)
        }
        exit(status)
    }

    /// Runs what some arguments ask for and gives the exit status.
    static func run(_ arguments: [String], components: [ComponentCatalog] = []) async -> Int32 {
        await Session.$components.withValue(components) {
            do {
                var command = try parse(arguments)
                if var asynchronous = command as? any AsyncParsableCommand {
                    try await asynchronous.run()
                } else {
                    try command.run()
                }
                return 0
            } catch {
                return Failure.report(error)
            }
        }
    }
}

extension KindlingCommand {
    /// The verb that some arguments name, with what it is given.
    static func parse(_ arguments: [String]) throws -> any ParsableCommand { try RootCommand.parseAsRoot(arguments) }

    /// What verbs and arguments there are, with their help, as JSON.
    static var description: String { RootCommand._dumpHelp() }
}

/// What verbs are given besides their arguments.
enum Session {
    @TaskLocal static var components: [ComponentCatalog] = []
    /// Where messages for people go.
    @TaskLocal static var console = Console.standard
    /// Where results go.
    @TaskLocal static var output: @Sendable (String) -> Void = { StandardOutput.write($0) }

    static func print(_ text: String) { output(text + "\n") }

    /// Whether results may have colours: in a terminal, unless `NO_COLOR` is set.
    static var isColored: Bool {
        isatty(STDOUT_FILENO) == 1 && console.isInteractive && environment("NO_COLOR") == nil
    }
}

struct RootCommand: AsyncParsableCommand {
    /// Kindling's own version.
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "kindling",
        abstract: "Train models from recipes.",
        discussion: """
            kindling fit recipes/iris.yaml
            kindling fit recipes/iris.yaml trainer.max_epochs=3 optimizer.learning_rate=1e-2
            kindling test runs/iris/2026-01-31T12-00-00/checkpoints/best.h5

            Exit status: 0 done, 1 something failed, 2 the arguments or the recipe are wrong, 130 after Ctrl-C.
            """,
        version: version,
        groupedSubcommands: [
            CommandGroup(
                name: "Training",
                subcommands: [Fit.self, Validate.self, Test.self, Predict.self, Generate.self, Tune.self]),
            CommandGroup(
                name: "Recipes", subcommands: [Check.self, Show.self, Diff.self, Schema.self, Components.self]),
            CommandGroup(name: "Runs", subcommands: [Runs.self]),
            CommandGroup(
                name: "Projects and machines",
                subcommands: [New.self, Doctor.self, Bench.self, Completions.self, Manual.self]),
        ])
}
