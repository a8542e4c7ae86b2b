// SPDX-License-Identifier: Apache-2.0
import Foundation
@testable import KindlingIO
import Synchronization
import Testing

/// A step of the write that can be made to fail, and the error that the caller must then see.
struct Fault: Sendable, CustomTestStringConvertible {
    let step: String
    let code: Int32
    let expected: FileError.Code
    var testDescription: String { "\(step): errno \(code)" }

    /// The system's calls with this one failing.
    var calls: FileCalls {
        var calls = FileCalls.system
        let failure = -Int(code)
        switch step {
        case "create": calls.create = { _, _ in failure }
        case "write": calls.write = { _, _ in failure }
        case "second write":
            let count = Counter()
            calls.write = { file, bytes in
                if count.next() > 1 { return failure }
                return FileCalls.system.write(file, UnsafeRawBufferPointer(rebasing: bytes.prefix(10)))
            }
        case "fsync": calls.synchronise = { _ in failure }
        case "close":
            calls.close = { file in
                _ = FileCalls.system.close(file)
                return failure
            }
        default: calls.rename = { _, _ in failure }
        }
        return calls
    }
}

final class Counter: Sendable {
    private let count = Mutex(0)
    func next() -> Int {
        count.withLock { value in
            value += 1
            return value
        }
    }
}

@Suite struct AtomicFileTests {
    static let faults: [Fault] =
        ["create", "write", "second write", "fsync", "close", "rename"].flatMap { step in
            [
                Fault(step: step, code: ENOSPC, expected: .diskFull),
                Fault(step: step, code: EDQUOT, expected: .diskFull),
                Fault(step: step, code: EIO, expected: .notWritable),
                Fault(step: step, code: EACCES, expected: .notWritable),
                Fault(step: step, code: EROFS, expected: .notWritable),
            ]
        }

    private func write(
        _ text: String, to path: String, _ calls: FileCalls = .system,
        checking check: (String) throws(FileError) -> Void = { (_) throws(FileError) in }
    ) throws(FileError) {
        let outcome = Array(text.utf8).withUnsafeBytes { raw in
            Result { () throws(FileError) in try AtomicFile.write(raw, to: path, through: calls, checking: check) }
        }
        try outcome.get()
    }

    @Test(arguments: faults) func aFailureLeavesTheOldFileAndNothingElse(fault: Fault) throws {
        let folder = try ScratchFolder()
        try write("old", to: folder.file("a"))
        let error = try #require(
            failure { () throws(FileError) in
                try write(String(repeating: "new", count: 100), to: folder.file("a"), fault.calls)
            })
        #expect(error.code == fault.expected && error.path == folder.file("a") && !error.remedy.isEmpty, "\(error)")
        #expect(error.cause.contains(String(cString: strerror(fault.code))))
        #expect(try contents(of: folder.file("a")) == Array("old".utf8))
        #expect(try folder.entries == ["a"])
    }

    @Test func interruptionsAndShortWritesAreContinued() throws {
        let folder = try ScratchFolder()
        let count = Counter()
        var calls = FileCalls.system
        calls.write = { file, bytes in
            if count.next() % 2 == 1 { return -Int(EINTR) }
            return FileCalls.system.write(file, UnsafeRawBufferPointer(rebasing: bytes.prefix(7)))
        }
        let text = String(repeating: "0123456789", count: 10)
        try write(text, to: folder.file("a"), calls)
        #expect(try contents(of: folder.file("a")) == Array(text.utf8))
    }

    @Test func dataIsOnDiskBeforeTheNameAndTheFolderAfterIt() throws {
        let folder = try ScratchFolder()
        let order = Mutex<[String]>([])
        let log = { @Sendable (step: String) in order.withLock { $0.append(step) } }
        var calls = FileCalls.system
        calls.synchronise = { file in
            log("fsync")
            return FileCalls.system.synchronise(file)
        }
        calls.close = { file in
            log("close")
            return FileCalls.system.close(file)
        }
        calls.rename = { from, to in
            log("rename")
            return FileCalls.system.rename(from, to)
        }
        try write("x", to: folder.file("a"), calls) { (temporary) throws(FileError) in
            #expect(FilePath(temporary).folder == folder.path)
            log("check")
        }
        #expect(order.withLock { $0 } == ["fsync", "close", "check", "rename", "fsync", "close"])
    }

    @Test func aFailedCheckAbandonsTheWrite() throws {
        let folder = try ScratchFolder()
        try write("old", to: folder.file("a"))
        let error = failure { () throws(FileError) in
            try write("new", to: folder.file("a")) { (temporary) throws(FileError) in
                throw FileError(.mismatch, path: temporary, "differs")
            }
        }
        #expect(error?.code == .mismatch)
        #expect(try contents(of: folder.file("a")) == Array("old".utf8))
        #expect(try folder.entries == ["a"])
    }

    @Test func placesThatTakeNoFileAreErrors() throws {
        let folder = try ScratchFolder()
        for (path, code) in [
            (folder.file("none/a"), FileError.Code.missing), (folder.path, .notWritable), ("/dev/full", .notWritable),
            (folder.path + "/", .invalidArgument), ("", .invalidArgument), ("/proc/none", .missing),
        ] {
            let error = failure { () throws(FileError) in try AtomicFile.write([1], to: path) }
            #expect(error?.code == code, "\(path): \(String(describing: error))")
        }
    }

    @Test(.enabled(if: geteuid() != 0, "a superuser may write everywhere"))
    func aFolderWithoutPermissionIsAnError() throws {
        let folder = try ScratchFolder()
        #expect(chmod(folder.path, 0o555) == 0)
        defer { chmod(folder.path, 0o755) }
        let error = failure { () throws(FileError) in try AtomicFile.write([1], to: folder.file("a")) }
        #expect(error?.code == .notWritable && error?.cause.contains("Permission") == true)
    }

    @Test func theSystemsOwnFullDiskLeavesTheOldFile() async {
        await #expect(processExitsWith: .success) {
            let folder = try ScratchFolder()
            try AtomicFile.write(Array("old".utf8), to: folder.file("a"))
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 100_000, rlim_max: 100_000)
            try #require(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
            let big = [UInt8](repeating: 1, count: 200_000)
            let error = failure { () throws(FileError) in try AtomicFile.write(big, to: folder.file("a")) }
            try #require(error?.code == .diskFull)
            let (left, entries) = (try contents(of: folder.file("a")), try folder.entries)
            try #require(left == Array("old".utf8))
            try #require(entries == ["a"])
        }
    }

    @Test func linksArePermissionsAreKept() throws {
        let folder = try ScratchFolder()
        try write("old", to: folder.file("real"))
        #expect(chmod(folder.file("real"), 0o640) == 0)
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("link"), withDestinationPath: folder.file("real"))
        try write("new", to: folder.file("link"))
        #expect(try contents(of: folder.file("real")) == Array("new".utf8))
        var status = stat()
        #expect(lstat(folder.file("link"), &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
        #expect(stat(folder.file("real"), &status) == 0 && status.st_mode & 0o777 == 0o640)
    }

    @Test func leftoversOfTheDeadNeitherBlockNorStay() throws {
        let folder = try ScratchFolder()
        // No process has this number: the system's largest is 4194304.
        let dead = ".a.tmp-4194305-0123456789abcdef"
        for name in [dead, ".a.tmp-1-0123456789abcdef", ".b.tmp-4194305-0123456789abcdef"] {
            try AtomicFile.write([1], to: folder.file(name))
        }
        try write("new", to: folder.file("a"))
        #expect(AtomicFile.removeLeftovers(of: folder.file("a")) == [])
        var old = [timespec(tv_sec: 1, tv_nsec: 0), timespec(tv_sec: 1, tv_nsec: 0)]
        for name in try folder.entries { #expect(utimensat(AT_FDCWD, folder.file(name), &old, 0) == 0) }
        #expect(AtomicFile.removeLeftovers(of: folder.file("a")) == [folder.file(dead)])
        #expect(try folder.entries.count == 3)
    }

    @Test func aNameOfTheLargestLengthHasRoomForItsTemporary() throws {
        let folder = try ScratchFolder()
        let name = String(repeating: "n", count: 255)
        try write("x", to: folder.file(name))
        #expect(try folder.entries == [name])
    }
}
