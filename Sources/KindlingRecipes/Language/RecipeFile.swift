// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import KindlingDeclarations

/// A recipe's file on disk.
struct RecipeFile {
    /// The path as it was given, for messages and for opening.
    let path: String

    /// The path that all spellings of one file share; the given one when the file cannot be found.
    var identity: String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The file that a path in this one means: relative to this file's folder.
    func relative(_ other: String) -> RecipeFile {
        if other.hasPrefix("/") { return RecipeFile(path: other) }
        let plain = other.hasPrefix("./") ? String(other.dropFirst(2)) : other
        let folder = RecipeFile.split(path).folder
        return RecipeFile(path: folder.isEmpty ? plain : folder + plain)
    }

    /// The file's text, without a byte order mark, and what is wrong with its characters, if anything.
    ///
    /// - Parameter origin: where the file was asked for; nil when the path was given directly.
    func read(askedAt origin: Origin?) throws(Problem) -> (source: RecipeSource, flaw: Problem?) {
        let place = origin ?? Origin(source: path)
        if path.isEmpty {
            throw Problem(at: origin ?? Origin(source: "recipe"), "the path is empty; give a recipe's path")
        }
        if path.utf8.contains(0) { throw Problem(at: place, "a path cannot hold the character U+0000") }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Problem(at: place, missing(errno, isNamed: origin != nil)) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Problem(at: place, missing(errno, isNamed: origin != nil)) }
        if status.st_mode & S_IFMT == S_IFDIR { throw Problem(at: place, isFolder(isNamed: origin != nil)) }
        let bytes = try contents(of: descriptor, place)
        return RecipeFile.source(named: path, bytes)
    }

    /// A text out of bytes, and what is wrong with them, if anything; a byte order mark is taken off.
    static func source(named name: String, _ bytes: [UInt8]) -> (source: RecipeSource, flaw: Problem?) {
        let isMarked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        let bytes = isMarked ? Array(bytes.dropFirst(3)) : bytes
        let source = RecipeSource(name: name, text: String(decoding: bytes, as: UTF8.self))
        let flaw = EncodingCheck.firstFlaw(in: bytes).map { flaw in
            Problem(at: Origin(source: name, line: flaw.line + 1, column: flaw.column + 1), flaw.message)
        }
        return (source, flaw)
    }

    private func contents(of descriptor: Int32, _ place: Origin) throws(Problem) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            if count < 0 { throw Problem(at: place, "reading fails: \(RecipeFile.words(errno))") }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
            if bytes.count > RecipeBudget.documentBytes {
                throw Problem(at: place, RecipeBudget.tooLarge)
            }
        }
    }

    private static func words(_ code: Int32) -> String { String(cString: strerror(code)) }

    private static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return ("", path) }
        return (String(path[...slash]), String(path[path.index(after: slash)...]))
    }
}

// The ways out of a path that leads nowhere.
extension RecipeFile {
    private func missing(_ code: Int32, isNamed: Bool) -> String {
        let file = isNamed ? "'\(path)'" : "this file"
        switch code {
        case ENOENT, ENOTDIR:
            let (folder, name) = RecipeFile.split(path)
            var message = "there is no file '\(path)'"
            if !isNamed, !path.hasPrefix("/"), let current = RecipeFile.workingFolder { message += " in \(current)" }
            guard let names = RecipeFile.names(in: folder.isEmpty ? "." : folder) else {
                return message + "; there is no folder '\(folder.dropLast())' either"
            }
            // The ending, which all recipes share, is no likeness.
            let stems = names.map(RecipeFile.stem)
            if let near = nearestName(to: RecipeFile.stem(name), in: stems), let index = stems.firstIndex(of: near) {
                return message + "; did you mean '\(folder)\(names[index])'?"
            }
            return message + RecipeFile.listing(names, folder)
        case EACCES: return "\(file) may not be read by this user; change its permissions (chmod u+r)"
        default: return "\(file) cannot be opened: \(RecipeFile.words(code))"
        }
    }

    private func isFolder(isNamed: Bool) -> String {
        let folder = path.hasSuffix("/") ? path : path + "/"
        let subject = isNamed ? "'\(path)'" : "this"
        return "\(subject) is a folder, not a recipe" + RecipeFile.listing(RecipeFile.names(in: folder) ?? [], folder)
    }

    private static func stem(_ name: String) -> String {
        let ending = [".yaml", ".yml"].first { name.hasSuffix($0) }
        return ending.map { String(name.dropLast($0.count)) } ?? name
    }

    private static func listing(_ names: [String], _ folder: String) -> String {
        let recipes = names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
        if recipes.isEmpty { return "; there is no recipe in that folder" }
        let shown = recipes.prefix(6).map { "'\(folder)\($0)'" }.joined(separator: ", ")
        return "; there \(recipes.count == 1 ? "is" : "are") \(shown)\(recipes.count > 6 ? ", …" : "")"
    }

    private static var workingFolder: String? {
        guard let folder = getcwd(nil, 0) else { return nil }
        defer { free(folder) }
        return String(cString: folder)
    }

    /// The names in a folder, sorted, at most a thousand; nil when the folder cannot be listed.
    private static func names(in folder: String) -> [String]? {
        guard let stream = opendir(folder) else { return nil }
        defer { closedir(stream) }
        var names: [String] = []
        while names.count < 1000, let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }
}
