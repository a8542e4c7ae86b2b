// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import KindlingIO

/// A file of the run folder that grows by whole lines.
///
/// A line that a killed process left unfinished counts as not written.
struct LineFile {
    let path: String

    /// The lines that are there, without their ends; none when there is no file.
    func lines() throws -> [String] {
        guard let bytes = try readBytes(path) else { return [] }
        let newline = UInt8(ascii: "\n")
        var lines = bytes.split(separator: newline, omittingEmptySubsequences: false)
        lines.removeLast()  // What follows the last line's end: nothing, or an unfinished line.
        return lines.map { String(decoding: $0, as: UTF8.self) }
    }

    /// Keeps the lines that a predicate chooses, and takes the others and an unfinished last one out.
    func keep(where isKept: (String) -> Bool) throws {
        guard let bytes = try readBytes(path) else { return }  // There is no file to take anything out of.
        let old = try lines()
        let kept = old.filter(isKept)
        if kept.count < old.count || bytes.last != UInt8(ascii: "\n") { try replace(with: kept) }
    }

    /// Puts other lines in the place of all of them, in one step.
    func replace(with lines: [String]) throws {
        try AtomicFile.write(Array(lines.map { "\($0)\n" }.joined().utf8), to: path)
    }

    /// Adds lines at the end.
    func append(_ lines: [String]) throws { try appendBytes(Array(lines.map { "\($0)\n" }.joined().utf8), to: path) }
}

/// The bytes of a file, or nil when there is none.
func readBytes(_ path: String) throws -> [UInt8]? {
    guard let file = fopen(path, "re") else {
        if errno == ENOENT { return nil }
        throw TrainingError(.badFolder, "'\(path)' cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while true {
        let count = fread(&chunk, 1, chunk.count, file)
        if count == 0 { break }
        bytes += chunk[..<count]
    }
    guard ferror(file) == 0 else {
        throw TrainingError(.badFolder, "'\(path)' cannot be read: \(String(cString: strerror(EIO)))")
    }
    return bytes
}

/// The text of a file, or nil when there is none.
func readText(_ path: String) throws -> String? { try readBytes(path).map { String(decoding: $0, as: UTF8.self) } }

/// Adds bytes at a file's end, and makes it when there is none.
func appendBytes(_ bytes: [UInt8], to path: String) throws {
    func failure() -> TrainingError {
        TrainingError(
            .badFolder, "'\(path)' cannot be written: \(String(cString: strerror(errno)))",
            remedy: "make room on the disk, or see who may write there")
    }
    let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw failure() }
    defer { close(file) }
    var rest = bytes[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        if count < 0, errno != EINTR { throw failure() }
        rest = rest.dropFirst(max(0, count))
    }
}

/// The names in a folder, sorted, without hidden ones; none when there is no such folder.
package func namesInFolder(_ path: String) -> [String] {
    guard let listing = opendir(path) else { return [] }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
        let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
            pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
}
