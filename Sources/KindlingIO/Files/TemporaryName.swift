// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Names of temporary files: `.NAME.tmp-PID-RANDOM`, so that it shows whose they are and two never meet.
enum TemporaryName {
    static func make(for name: String) -> String {
        let suffix = ".tmp-\(getpid())-" + Checksum.hexadecimal(UInt64.random(in: 0 ... .max))
        // File systems take 255 bytes; a long name gives way so that its temporary still has room.
        var stem = name
        while stem.utf8.count + suffix.utf8.count + 1 > 255 { stem.removeLast() }
        return "." + stem + suffix
    }

    /// The process that a temporary file of `name` belongs to, or nil when the file is none.
    static func owner(of file: String, for name: String) -> Int32? {
        let prefix = "." + name + ".tmp-"
        guard file.hasPrefix(prefix) else { return nil }
        let parts = file.dropFirst(prefix.count).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].count == 16 else { return nil }
        return Int32(parts[0])
    }
}

extension AtomicFile {
    /// Removes the temporaries that killed processes left behind while writing `path`.
    ///
    /// Only those whose process is gone from this machine and that nobody has written to for ten minutes, so that
    /// another machine's write into a shared folder is left alone.
    /// - Returns: The paths of the files removed.
    @discardableResult
    public static func removeLeftovers(of path: String) -> [String] {
        let place = FilePath(path)
        guard let folder = opendir(place.folder) else { return [] }
        defer { closedir(folder) }
        var removed: [String] = []
        while let entry = readdir(folder) {
            let file = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard let owner = TemporaryName.owner(of: file, for: place.name) else { continue }
            let candidate = place.sibling(file)
            var status = stat()
            guard kill(owner, 0) != 0, errno == ESRCH, lstat(candidate, &status) == 0 else { continue }
            guard time(nil) - status.st_mtim.tv_sec > 600, unlink(candidate) == 0 else { continue }
            removed.append(candidate)
        }
        return removed
    }
}
