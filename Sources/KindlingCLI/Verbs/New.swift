// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Kindling
internal import KindlingScaffold

struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a project from a template, or bring one up to date.",
        discussion: """
            kindling new iris-study
            kindling new my-model --template image-classification
            kindling new --list
            kindling new --update my-model

            A project keeps what it was made from in '.kindling'. --update compares that with the template of today and \
            with the project: what only the template changed is taken over, your edits stay, and lines that both \
            changed are left between conflict marks (exit status 1).
            """)

    @Argument(help: "The folder to make, whose last part is the project's name; with --update, the project's.")
    var folder: String?

    @Option(help: "The template: a name that --list shows, or a folder's path.")
    var template: String = "minimal"

    @Flag(help: "Show the templates.")
    var list = false

    @Flag(help: "Bring a project to its template's newer version.")
    var update = false

    func validate() throws {
        if list || update {
            guard !(list && update) else { throw ValidationError("--list and --update exclude each other") }
        } else if folder == nil {
            throw ValidationError("name the folder to make: kindling new my-project")
        }
    }

    func run() throws {
        if list {
            var table = Table(["Template", "For"])
            for (name, about) in Scaffold.templates { table.add(name, about) }
            Session.print(table.text)
        } else if update {
            try bringUpToDate(folder ?? ".")
        } else {
            try make(at: folder ?? "")
        }
    }

    private func make(at folder: String) throws {
        let project = try Scaffold(template: template).make(at: folder)
        Session.print("Made \(project.files.count) files in \(folder):")
        for file in project.files { Session.print("  \(file)") }
        if !project.nextSteps.isEmpty { Session.print(project.nextSteps) }
    }

    private func bringUpToDate(_ folder: String) throws {
        let update = try ProjectUpdate(of: folder)
        try update.apply()
        guard !update.changes.isEmpty else {
            Session.print("'\(folder)' is what its template makes of it today.")
            return
        }
        var table = Table(["File", "Change"])
        for (path, change) in update.changes { table.add(path, change.rawValue) }
        Session.print(table.text)
        if update.hasConflicts {
            throw ScaffoldError(
                what: "the template and you changed the same lines",
                remedy: "decide between the marks <<<<<<< project and >>>>>>> template in the files above")
        }
    }
}
