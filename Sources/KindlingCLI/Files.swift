// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import Kindling

/// Questions to the file system.
enum Files {
    /// What stands at a path.
    enum Kind { case file, folder, other }

    /// What stands at a path; nil when nothing does, or nothing that can be seen.
    static func kind(_ path: String) -> Kind? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .folder
        default: return .other
        }
    }

    /// The names in a folder without hidden ones, sorted; none where there is no such folder.
    static func names(in folder: String) -> [String] { namesInFolder(folder) }

    /// The text of a file.
    /// - Parameter limit: the bytes that a sound file of its sort does not exceed.
    /// - Throws: `UsageError` when it is missing, no file, unreadable, larger than the limit, or no text.
    static func text(_ path: String, limit: Int = 64 << 20) throws -> String {
        func refuse(_ reason: String, _ remedy: String = "give the path of a text file") -> UsageError {
            UsageError(what: "'\(path)' cannot be read: \(reason)", remedy: remedy)
        }
        guard let file = fopen(path, "re") else { throw refuse(String(cString: strerror(errno))) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            if count == 0 { break }
            bytes += chunk[..<count]
            if bytes.count > limit { throw refuse("it is larger than \(limit >> 20) MiB") }
        }
        if ferror(file) != 0 { throw refuse(String(cString: strerror(errno))) }
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
            throw refuse("it is no text")
        }
        return text
    }

    /// The last part of a path.
    static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
