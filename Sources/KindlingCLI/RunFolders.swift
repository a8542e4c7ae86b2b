// SPDX-License-Identifier: Apache-2.0
internal import Glibc
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
    func checkpoint(_ wanted: String) throws -> String {
        guard !wanted.isEmpty else {
            throw UsageError(what: "the checkpoint's name is empty", remedy: "give best, last, or a path")
        }
        guard wanted == "best" || wanted == "last" else { return wanted }
        for run in newestFirst {
            let path = "\(folder)/\(run)/checkpoints/\(wanted).h5"
            if access(path, F_OK) == 0 { return path }
        }
        throw UsageError(
            what: "no run of '\(name)' under '\(base)' has a checkpoint '\(wanted)'",
            remedy: "train one with 'kindling fit', or give a path")
    }

    /// The folder of the run that a checkpoint belongs to, when it lies where runs keep theirs.
    static func directory(of checkpoint: String) -> String? {
        let parts = checkpoint.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[parts.count - 2] == "checkpoints" else { return nil }
        return parts.dropLast(2).joined(separator: "/")
    }

    /// Folders are named by date and time, so that the last name is the newest run.
    private var newestFirst: [String] {
        guard let listing = opendir(folder) else { return [] }  // No run has been made yet.
        defer { closedir(listing) }
        var names: [String] = []
        while let entry = readdir(listing) {
            let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted { RunFolders.key($0) > RunFolders.key($1) }
    }

    /// `…T12-00-00-10` comes after `…T12-00-00-9`.
    private static func key(_ name: String) -> (String, Int) {
        let parts = name.split(separator: "-")
        if parts.count == 6, let number = Int(parts[5]) { return (parts.dropLast().joined(separator: "-"), number) }
        return (name, 1)
    }
}
