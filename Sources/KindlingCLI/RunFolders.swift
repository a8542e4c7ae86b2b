// SPDX-License-Identifier: Apache-2.0
internal import Kindling

/// Finds the files of earlier runs.
struct RunFolders {
    private let base: String
    private let name: String
    /// `name` under `base`, as a run makes it.
    private let folder: String

    init(base: String, name: String) {
        self.base = base
        self.name = name
        folder = "\(base)/\(RunDirectory.folderName(for: name))"
    }

    /// The checkpoint that `best`, `last` or a path names.
    /// - Parameter run: the folder of the run to look in; the newest run that has the checkpoint when nil.
    func checkpoint(_ wanted: String, of run: String? = nil) throws -> String {
        guard !wanted.isEmpty else {
            throw UsageError(what: "the checkpoint's name is empty", remedy: "give best, last, or a path")
        }
        guard wanted == "best" || wanted == "last" else { return wanted }
        for run in run.map({ [$0] }) ?? newestFirst.map({ "\(folder)/\($0)" }) {
            let path = "\(run)/checkpoints/\(wanted).h5"
            if Files.kind(path) != nil { return path }
        }
        throw UsageError(
            what: run.map { "the run '\($0)' has no checkpoint '\(wanted)'" }
                ?? "no run of '\(name)' under '\(base)' has a checkpoint '\(wanted)'",
            remedy: "train one with 'kindling fit', or give a path")
    }

    /// The folder of the run that a checkpoint belongs to, when it lies where runs keep theirs.
    static func directory(of checkpoint: String) -> String? {
        let parts = checkpoint.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[parts.count - 2] == "checkpoints" else { return nil }
        return parts.dropLast(2).joined(separator: "/")
    }

    /// Folders are named by date and time, so that the last name is the newest run.
    private var newestFirst: [String] { RunFolders.newestFirst(Files.names(in: folder)) }

    /// Names of runs, the newest first.
    static func newestFirst(_ names: [String]) -> [String] { names.sorted { key($0) > key($1) } }

    /// `…T12-00-00-10` comes after `…T12-00-00-9`.
    private static func key(_ name: String) -> (String, Int) {
        let parts = name.split(separator: "-")
        if parts.count == 6, let number = Int(parts[5]) { return (parts.dropLast().joined(separator: "-"), number) }
        return (name, 1)
    }
}
