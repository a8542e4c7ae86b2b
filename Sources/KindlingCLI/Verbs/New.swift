// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Kindling
internal import KindlingScaffold

struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a project from a template.",
        discussion: """
            kindling new iris-study
            kindling new my-model --template package
            """)

    @Argument(help: "The folder to make; its last part is the project's name.")
    var folder: String

    @Option(help: "The template: one of the folders under templates/, or a path.")
    var template: String = "package"

    func run() throws {
        let project = try Scaffold(template: template).make(at: folder)
        Session.print("Made \(project.files.count) files in \(folder):")
        for file in project.files { Session.print("  \(file)") }
        if !project.nextSteps.isEmpty { Session.print(project.nextSteps) }
    }
}
