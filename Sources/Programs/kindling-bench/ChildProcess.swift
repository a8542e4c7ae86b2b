// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// This program once more, for one name: each figure from a process of its own, with its own peak of memory.
enum ChildProcess {
    /// Runs it and gives the last line that it printed.
    /// - Parameter arguments: Names and numbers that this program has checked, without anything that a shell reads.
    /// - Throws: `BenchError` when it could not be started or failed.
    static func line(of arguments: [String]) throws -> String {
        guard let program = realpath("/proc/self/exe", nil) else {
            throw BenchError(what: "this program's file is gone; build it again")
        }
        defer { free(program) }
        let command = (["'\(String(cString: program))'"] + arguments).joined(separator: " ")
        guard let pipe = popen(command, "r") else { throw BenchError(what: "'\(command)' cannot be started") }
        var bytes: [UInt8] = []
        while true {
            let byte = fgetc(pipe)
            if byte == EOF { break }
            bytes.append(UInt8(truncatingIfNeeded: byte))
        }
        guard pclose(pipe) == 0, let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n").last else {
            throw BenchError(what: "'\(command)' failed")
        }
        return String(line)
    }
}
