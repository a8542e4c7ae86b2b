// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser

struct Runs: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List, compare and plot the runs that were made.",
        discussion: """
            kindling runs ls --sort val_loss
            kindling runs compare iris mnist
            kindling runs plot loss val_loss --runs iris
            """,
        subcommands: [RunsList.self, RunsCompare.self, RunsPlot.self], defaultSubcommand: RunsList.self)
}

/// The argument that verbs over runs share.
struct RunsArguments: ParsableArguments {
    @Option(help: "Where runs keep their files.")
    var runDir: String = "runs"

    var library: RunLibrary {
        RunLibrary(base: runDir.count > 1 && runDir.hasSuffix("/") ? String(runDir.dropLast()) : runDir)
    }

    func validate() throws {
        guard !runDir.isEmpty else {
            throw ValidationError("'--run-dir' is empty; leave it out for 'runs', or give a folder.")
        }
    }
}
