// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Kindling
import Synchronization

@testable import KindlingCLI

/// A command line in a folder of its own, with everything that it writes kept.
struct CommandLineRun {
    let status: Int32
    /// What a person reads: progress, tables, errors.
    let messages: String
    /// What a program reads.
    let output: String
}

/// The checkout's root, where recipes and data sets are.
let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")

/// Runs the command line in this process.
func kindling(_ arguments: String...) async -> CommandLineRun { await kindlingArray(arguments) }

/// Runs the command line in this process.
func kindlingArray(_ arguments: [String]) async -> CommandLineRun {
    let messages = Kept()
    let output = Kept()
    let console = Console(isInteractive: false) { messages.add($0) }
    let status = await Session.$console.withValue(console) {
        await Session.$output.withValue({ output.add($0) }) { await KindlingCommand.run(arguments) }
    }
    return CommandLineRun(status: status, messages: messages.text, output: output.text)
}

private final class Kept: Sendable {
    private let parts = Mutex<[String]>([])
    func add(_ part: String) { parts.withLock { $0.append(part) } }
    var text: String { parts.withLock { $0.joined() } }
}

/// A folder that goes away afterwards.
struct TemporaryFolder: ~Copyable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/kindling-\(UInt64.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func text(_ name: String) -> String {
        FileManager.default.contents(atPath: "\(path)/\(name)").map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// Writes a file, with the folders above it.
    func write(_ text: String, to name: String) throws {
        let folders = name.split(separator: "/").dropLast().joined(separator: "/")
        if !folders.isEmpty {
            try FileManager.default.createDirectory(atPath: "\(path)/\(folders)", withIntermediateDirectories: true)
        }
        try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
    }

    /// Everything in it, sorted.
    var files: [String] { ((try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []).sorted() }
}
