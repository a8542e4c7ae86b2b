// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Two changed versions of a text and what both come from, merged by lines with `git merge-file`.
struct FileMerge {
    /// The merged text.
    let contents: [UInt8]
    /// Whether lines changed on both sides stand between conflict marks.
    let hasConflicts: Bool

    /// - Throws: `ScaffoldError` when git is missing or cannot merge the file.
    init(base: [UInt8], mine: [UInt8], theirs: [UInt8], _ path: String) throws(ScaffoldError) {
        var name = Array("/tmp/kindling-merge-XXXXXX".utf8CString)
        guard let made = mkdtemp(&name) else {
            throw ScaffoldError(what: "no folder for merging can be made: \(Folder.reason)", remedy: "check /tmp")
        }
        let folder = String(cString: made)
        let files = ["mine", "base", "theirs"]
        defer { Folder.remove(folder, files: files) }
        for (file, contents) in zip(files, [mine, base, theirs]) {
            try Folder.write(contents, to: file, under: folder)
        }
        // Only paths that mkdtemp chose go to the shell.
        let command =
            "git merge-file -p -L project -L base -L template "
            + files.map { "\(folder)/\($0)" }.joined(separator: " ") + " 2>/dev/null"
        guard let pipe = popen(command, "r") else {
            throw ScaffoldError(what: "git cannot be started: \(Folder.reason)", remedy: "install git")
        }
        contents = Folder.rest(of: pipe)
        let status = pclose(pipe)
        let code = (status >> 8) & 0xff
        // 0: merged; 1 … 127: that many conflicts; the rest: an error, such as a file that is no text.
        guard status & 0x7f == 0, code < 127 else {
            throw ScaffoldError(
                what: "'\(path)' changed in the project and in the template, and git could not merge it",
                remedy: code == 127 ? "install git" : "move the project's file away, update, and compare by hand")
        }
        hasConflicts = code > 0
    }
}
