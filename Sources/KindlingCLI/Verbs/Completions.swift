// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser

struct Completions: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print what completes verbs and options in a shell.",
        discussion: """
            kindling completions bash > ~/.local/share/bash-completion/completions/kindling
            kindling completions zsh > "${fpath[1]}/_kindling"
            kindling completions fish > ~/.config/fish/completions/kindling.fish
            """)

    @Argument(help: "bash, zsh or fish.")
    var shell: String

    func run() throws {
        guard let known = CompletionShell(rawValue: shell) else {
            throw UsageError(
                what: "the shell '\(shell)' is not known", remedy: "there are: bash, zsh, fish")
        }
        Session.print(RootCommand.completionScript(for: known))
    }
}
