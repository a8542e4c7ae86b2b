// SPDX-License-Identifier: Apache-2.0
internal import Glibc

extension FileError {
    /// What a failed system call on the way to writing `path` means to the one who asked for the file.
    static func writing(_ path: String, _ step: String, errno code: Int32) -> FileError {
        let cause = "\(step): \(String(cString: strerror(code)))"
        switch code {
        case ENOSPC, EDQUOT, EFBIG:
            return FileError(
                .diskFull, path: path, "cannot be written: no space left for it",
                remedy: "free space, raise the quota or choose another folder; the previous file is untouched",
                cause: cause)
        case ENOENT, ENOTDIR:
            return FileError(
                .missing, path: path, "cannot be written: its folder does not exist",
                remedy: "create the folder '\(FilePath(path).folder)' first", cause: cause)
        case EROFS:
            return FileError(
                .notWritable, path: path, "cannot be written: the file system is read-only",
                remedy: "choose a folder on a writable file system", cause: cause)
        case EACCES, EPERM:
            return FileError(
                .notWritable, path: path, "cannot be written: permission denied",
                remedy: "allow writing in the folder '\(FilePath(path).folder)' or choose another one", cause: cause)
        case EISDIR:
            return FileError(
                .notWritable, path: path, "cannot be written: a folder of that name is in the way",
                remedy: "choose another file name", cause: cause)
        default:
            return FileError(
                .notWritable, path: path, "cannot be written",
                remedy: "check the disk; the previous file is untouched", cause: cause)
        }
    }

    /// What a failed system call on the way to reading `path` means.
    static func reading(_ path: String, _ step: String, errno code: Int32) -> FileError {
        let cause = "\(step): \(String(cString: strerror(code)))"
        switch code {
        case ENOENT, ENOTDIR:
            return FileError(.missing, path: path, "does not exist", remedy: "check the path", cause: cause)
        case EACCES, EPERM:
            return FileError(
                .unreadable, path: path, "cannot be read: permission denied",
                remedy: "allow reading it for the user that runs this", cause: cause)
        default:
            return FileError(.unreadable, path: path, "cannot be read", remedy: "check the disk", cause: cause)
        }
    }
}

/// A path taken apart into the folder and the name in it.
struct FilePath {
    let folder: String
    let name: String

    init(_ path: String) {
        guard let slash = path.lastIndex(of: "/") else {
            folder = "."
            name = path
            return
        }
        name = String(path[path.index(after: slash)...])
        folder = slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The path of a sibling in the same folder.
    func sibling(_ name: String) -> String {
        if folder == "." { return name }
        return folder == "/" ? "/" + name : folder + "/" + name
    }
}
