// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Glibc

struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure how fast this machine computes, with kindling-bench.",
        discussion: """
            kindling bench
            kindling bench --help

            Arguments go to the program kindling-bench, which is looked for beside this one and then in PATH.
            """)

    @Argument(parsing: .captureForPassthrough, help: "What kindling-bench is given.")
    var arguments: [String] = []

    func run() throws {
        let program = try Bench.program()
        var pointers = ([program] + arguments).map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var child = pid_t()
        let failure = posix_spawn(&child, program, nil, nil, &pointers, environ)
        guard failure == 0 else {
            throw UsageError(what: "'\(program)' cannot be started: \(String(cString: strerror(failure)))", remedy: "")
        }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            guard errno == EINTR else { throw Failure.Reported(status: 1) }
        }
        // The low bits are the signal that ended it, the next eight its exit status.
        let code = status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
        if code != 0 { throw Failure.Reported(status: code) }
    }

    private static func program() throws -> String {
        let name = "kindling-bench"
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        let own = String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let folders = [own.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")]
        let path = environment("PATH")?.split(separator: ":").map(String.init) ?? []
        let candidates: [String] = (folders + path).map { folder in "\(folder)/\(name)" }
        guard let found = candidates.first(where: { (candidate: String) in access(candidate, X_OK) == 0 }) else {
            throw UsageError(
                what: "there is no \(name) beside this program or in PATH",
                remedy: "build it: swift build -c release --product kindling-bench")
        }
        return found
    }
}
