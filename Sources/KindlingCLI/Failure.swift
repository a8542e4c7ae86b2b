// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Kindling

/// Tells a person what went wrong, and gives the exit status for it.
enum Failure {
    /// The run was ended by a signal, in order.
    struct Interrupted: Error { let signal: Int32 }

    /// Everything has been said; only the exit status is left.
    struct Reported: Error { let status: Int32 }

    static func report(_ error: any Error) -> Int32 {
        let console = Session.console
        switch error {
        case let interrupted as Interrupted: return 128 + interrupted.signal
        case let reported as Reported: return reported.status
        case let recipe as RecipeError:
            console.print(recipe.rendered(inColor: console.isInteractive))
            return 2
        case let usage as UsageError:
            console.print("error: \(usage.description)")
            return 2
        default: break
        }
        // Help and version are asked for, and so belong to standard output; the parser's refusals are usage errors.
        let code = RootCommand.exitCode(for: error)
        if code == .success {
            Session.print(RootCommand.message(for: error))
            return 0
        }
        if code == .validationFailure {
            console.print(RootCommand.fullMessage(for: error))
            return 2
        }
        console.print("error: \(error)")
        return 1
    }
}

/// Arguments that are wrong in a way that the parser cannot see.
struct UsageError: Error, CustomStringConvertible {
    let what: String
    let remedy: String

    var description: String { remedy.isEmpty ? what : "\(what); \(remedy)" }
}
