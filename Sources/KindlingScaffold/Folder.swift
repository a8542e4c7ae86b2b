// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// The little that a scaffold does with files.
enum Folder {
    static var reason: String { String(cString: strerror(errno)) }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The names in a folder, sorted; none when it cannot be read.
    static func names(in path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Every file under a folder, relative to it.
    ///
    /// At most 1,000, at most eight folders deep: a template is small.
    static func files(under root: String, _ prefix: String = "", depth: Int = 0) throws(ScaffoldError) -> [String] {
        var result: [String] = []
        for name in names(in: prefix.isEmpty ? root : "\(root)/\(prefix)") {
            let path = prefix.isEmpty ? name : "\(prefix)/\(name)"
            if isFolder("\(root)/\(path)") {
                if depth < 8 { result += try files(under: root, path, depth: depth + 1) }
            } else {
                result.append(path)
            }
            guard result.count <= 1000 else {
                throw ScaffoldError(what: "'\(root)' holds more than 1,000 files", remedy: "is it a template?")
            }
        }
        return result
    }

    static func read(_ path: String) throws(ScaffoldError) -> String {
        guard let file = fopen(path, "r") else {
            throw ScaffoldError(what: "'\(path)' cannot be read: \(reason)", remedy: "check the template")
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16384)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            if count == 0 { break }
            bytes += chunk[..<count]
            guard bytes.count <= 4 << 20 else {
                throw ScaffoldError(what: "'\(path)' is larger than 4 MiB", remedy: "keep data out of templates")
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func write(_ text: String, to path: String, under root: String) throws(ScaffoldError) {
        var built = root
        for part in path.dropFirst(root.count + 1).split(separator: "/").dropLast() {
            built += "/\(part)"
            guard mkdir(built, 0o777) == 0 || errno == EEXIST else {
                throw ScaffoldError(what: "'\(built)' cannot be made: \(reason)", remedy: "check the disk")
            }
        }
        guard let file = fopen(path, "wx") else {
            throw ScaffoldError(what: "'\(path)' cannot be written: \(reason)", remedy: "check the disk")
        }
        let bytes = Array(text.utf8)
        let written = fwrite(bytes, 1, bytes.count, file)
        guard fclose(file) == 0, written == bytes.count else {
            throw ScaffoldError(what: "'\(path)' cannot be written: \(reason)", remedy: "check the disk")
        }
    }

    /// Takes away what was just made, and nothing else.
    static func remove(_ root: String, files: [String]) {
        for path in files { unlink("\(root)/\(path)") }
        var folders: Set<String> = [root]
        for path in files {
            var built = root
            for part in path.split(separator: "/").dropLast() {
                built += "/\(part)"
                folders.insert(built)
            }
        }
        for folder in folders.sorted(by: { $0.count > $1.count }) { rmdir(folder) }
    }
}
