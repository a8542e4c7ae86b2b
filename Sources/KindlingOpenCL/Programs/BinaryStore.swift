// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials

/// Compiled programs on disk, so that only the first run on a computer waits for the driver's compiler.
///
/// One file a program, named by a hash of everything the binary depends on; the file repeats that text in full, so
/// that a hash met twice is noticed. Layout: magic, key length, key, checksum of the binary, binary. An entry that
/// cannot be read or does not fit is as good as none, and a folder that cannot be written costs only time: this is a
/// cache, and never a reason for a run to fail.
struct BinaryStore: Sendable {
    /// Where the files are; nil keeps nothing.
    let folder: URL?

    /// `$XDG_CACHE_HOME/kindling/opencl`, or `~/.cache/kindling/opencl`.
    static func standard(environment: [String: String] = ProcessInfo.processInfo.environment) -> BinaryStore {
        // The XDG base directory specification: a path that is not absolute is to be ignored.
        if let cache = environment["XDG_CACHE_HOME"], cache.hasPrefix("/") {
            return BinaryStore(folder: URL(fileURLWithPath: cache).appendingPathComponent("kindling/opencl"))
        }
        guard let home = environment["HOME"], home.hasPrefix("/") else { return BinaryStore(folder: nil) }
        return BinaryStore(folder: URL(fileURLWithPath: home).appendingPathComponent(".cache/kindling/opencl"))
    }

    /// The binary that was stored under exactly this key.
    func binary(for key: String) -> [UInt8]? {
        // Unreadable is as good as absent.
        guard let file = file(for: key), let data = try? Data(contentsOf: file) else { return nil }
        let head = Self.head(for: key)
        guard data.count > head.count + 8, data.starts(with: head) else { return nil }
        let binary = [UInt8](data.dropFirst(head.count + 8))
        let checksum = Self.littleEndian(Self.hash(binary))
        return data.dropFirst(head.count).starts(with: checksum) ? binary : nil
    }

    /// Keeps a binary: written beside its place and renamed, so that no reader sees half a file.
    func store(_ binary: [UInt8], for key: String) {
        guard let folder, let file = file(for: key) else { return }
        var data = Self.head(for: key)
        data.append(contentsOf: Self.littleEndian(Self.hash(binary)))
        data.append(contentsOf: binary)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try data.write(to: file, options: .atomic)
        } catch {
            // A full or read-only disk means that the next run compiles again, nothing worse.
        }
    }

    /// The file of a key, whether or not it exists.
    func file(for key: String) -> URL? {
        let bytes = [UInt8](key.utf8)
        let name = [Self.hash(bytes), Self.hash(bytes.reversed())]
            .map { String($0, radix: 16) }.joined(separator: "-")
        return folder?.appendingPathComponent(name + ".clbin")
    }

    private static func head(for key: String) -> Data {
        let bytes = [UInt8](key.utf8)
        return Data([UInt8]("KDCL1\n".utf8) + littleEndian(UInt64(bytes.count)) + bytes)
    }

    private static func littleEndian(_ value: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
    }

    /// FNV-1a with 64 bits.
    private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
