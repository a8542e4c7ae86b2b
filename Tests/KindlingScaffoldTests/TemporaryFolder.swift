// SPDX-License-Identifier: Apache-2.0
import Glibc

@testable import KindlingScaffold

/// A folder for one test, taken away after it.
final class TemporaryFolder {
    let path: String

    init() {
        var name = Array("/tmp/kindling-scaffold-XXXXXX".utf8CString)
        path = mkdtemp(&name).map { String(cString: $0) } ?? "/tmp"
    }

    deinit {
        guard let files = try? Folder.files(under: path) else { return }
        Folder.remove(path, files: files)
    }

    func write(_ text: String, to file: String) throws {
        try Folder.replace(Array(text.utf8), at: file, under: path)
    }

    func text(of file: String) -> String? {
        guard let bytes = try? Folder.read("\(path)/\(file)") else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Every file, sorted, but those of the record.
    var files: [String] {
        ((try? Folder.files(under: path)) ?? []).filter { !$0.contains(".kindling/") }.sorted()
    }
}
