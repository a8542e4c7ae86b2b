// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// A run's folder of checkpoints: second names for files, and taking files away.
struct CheckpointFiles {
    let folder: String

    func path(_ file: String) -> String { "\(folder)/\(file)" }

    func contains(_ file: String) -> Bool { access(path(file), F_OK) == 0 }

    /// Gives a file a second name, in one step; what had the name before is there until then.
    ///
    /// The file takes no more room for it. A checkpoint is never written into, only replaced, so that the two names
    /// cannot change each other.
    /// - Returns: Whether the file system can do that.
    /// - Throws: when it can, and fails.
    func name(_ file: String, also other: String) throws -> Bool {
        let temporary = path(".\(other).link-\(getpid())-\(UInt32.random(in: 0 ... .max))")
        guard link(path(file), temporary) == 0 else {
            // Some file systems have no second names, or no more for this file: the caller writes it twice.
            if [EPERM, EOPNOTSUPP, ENOSYS, EMLINK, EACCES].contains(errno) { return false }
            throw failure("named '\(other)'", file, errno)
        }
        // Renaming one name of a file to another of the same file does nothing at all, and leaves the temporary.
        defer { unlink(temporary) }
        guard rename(temporary, path(other)) == 0 else { throw failure("named '\(other)'", file, errno) }
        return true
    }

    /// Takes a file away; one that is gone already is no mistake.
    func remove(_ file: String) throws {
        guard unlink(path(file)) == 0 || errno == ENOENT else { throw failure("removed", file, errno) }
    }

    private func failure(_ what: String, _ file: String, _ code: Int32) -> TrainingError {
        TrainingError(
            .badFolder, "the checkpoint '\(path(file))' cannot be \(what): \(String(cString: strerror(code)))",
            remedy: "check the folder's permissions and the disk's room")
    }
}
