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

    static func isFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    static func read(_ path: String) throws(ScaffoldError) -> [UInt8] {
        guard let file = fopen(path, "r") else {
            throw ScaffoldError(what: "'\(path)' cannot be read: \(reason)", remedy: "check the file")
        }
        defer { fclose(file) }
        let bytes = rest(of: file)
        guard bytes.count <= limit else {
            throw ScaffoldError(what: "'\(path)' is larger than 4 MiB", remedy: "keep data out of templates")
        }
        return bytes
    }

    /// A template's file is small.
    private static let limit = 4 << 20

    /// What a stream still holds, up to a little more than a template's file may.
    static func rest(of file: UnsafeMutablePointer<FILE>) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16384)
        while bytes.count <= 2 * limit {
            let count = fread(&chunk, 1, chunk.count, file)
            if count == 0 { break }
            bytes += chunk[..<count]
        }
        return bytes
    }

    /// Writes a file that is not there yet.
    static func write(_ contents: [UInt8], to path: String, under root: String) throws(ScaffoldError) {
        try makeFolders(above: path, under: root)
        try write(contents, to: "\(root)/\(path)", mode: "wx")
    }

    /// Writes a file anew: whole, or not at all.
    static func replace(_ contents: [UInt8], at path: String, under root: String) throws(ScaffoldError) {
        try makeFolders(above: path, under: root)
        let (target, temporary) = ("\(root)/\(path)", "\(root)/\(path).new-\(getpid())")
        do throws(ScaffoldError) { try write(contents, to: temporary, mode: "w") } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, target) == 0 else {
            let why = reason
            unlink(temporary)
            throw ScaffoldError(what: "'\(target)' cannot be written: \(why)", remedy: "check the folder")
        }
    }

    private static func makeFolders(above path: String, under root: String) throws(ScaffoldError) {
        var built = root
        for part in path.split(separator: "/").dropLast() {
            built += "/\(part)"
            guard mkdir(built, 0o777) == 0 || errno == EEXIST else {
                throw ScaffoldError(what: "'\(built)' cannot be made: \(reason)", remedy: "check the disk")
            }
        }
    }

    private static func write(_ contents: [UInt8], to path: String, mode: String) throws(ScaffoldError) {
        guard let file = fopen(path, mode) else {
            throw ScaffoldError(what: "'\(path)' cannot be written: \(reason)", remedy: "check the disk")
        }
        let written = fwrite(contents, 1, contents.count, file)
        guard fclose(file) == 0, written == contents.count else {
            throw ScaffoldError(what: "'\(path)' cannot be written: \(reason)", remedy: "check the disk")
        }
    }

    /// Takes away what was just made, and nothing else.
    static func remove(_ root: String, files: [String]) {
        remove(files: files, under: root)
        rmdir(root)
    }

    /// Takes files away, and the folders that are empty then.
    static func remove(files: [String], under root: String) {
        var folders: Set<String> = []
        for path in files {
            unlink("\(root)/\(path)")
            var built = root
            for part in path.split(separator: "/").dropLast() {
                built += "/\(part)"
                folders.insert(built)
            }
        }
        // One that still holds something stays.
        for folder in folders.sorted(by: { $0.count > $1.count }) { rmdir(folder) }
    }
}
