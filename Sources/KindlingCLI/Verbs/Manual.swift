// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser

struct Manual: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "man", abstract: "Print the manual page.",
        discussion: """
            kindling man | man -l -
            kindling man > ~/.local/share/man/man1/kindling.1
            """)

    func run() throws {
        Session.output(try ManualPage(help: KindlingCommand.description, version: RootCommand.version).text)
    }
}
