// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Files that are either there in full or not there at all, whatever interrupts the writing.
///
/// The bytes go to a temporary file beside the destination, are forced to the disk, checked if asked for, and only
/// then take the destination's name; the folder is forced to the disk last. Any failure leaves the previous file as
/// it was and takes the temporary away. A temporary that a killed process left behind is in nobody's way, since
/// every write has a name of its own.
public enum AtomicFile {
    /// Writes bytes to a path, replacing the file there in one step.
    ///
    /// A symbolic link at the path is followed, so that it keeps pointing to the file. An existing file's permissions
    /// are kept; a new one has the process' default.
    /// - Parameter check: reads the temporary file back before it takes the destination's name; what it throws
    ///   abandons the write.
    /// - Throws: ``FileError``: `missing` without the folder, `notWritable`, `diskFull`, and what `check` throws.
    public static func write(
        _ bytes: UnsafeRawBufferPointer, to path: String,
        checking check: (_ temporaryPath: String) throws(FileError) -> Void = { (_) throws(FileError) in }
    ) throws(FileError) {
        try write(bytes, to: path, through: .system, checking: check)
    }

    /// Writes an array of bytes to a path, replacing the file there in one step.
    public static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        let outcome = bytes.withUnsafeBytes { raw in
            Result { () throws(FileError) in try write(raw, to: path, through: .system) { (_) throws(FileError) in } }
        }
        try outcome.get()
    }

    static func write(
        _ bytes: UnsafeRawBufferPointer, to path: String, through calls: FileCalls,
        checking check: (_ temporaryPath: String) throws(FileError) -> Void
    ) throws(FileError) {
        let (target, mode) = try destination(of: path)
        let place = FilePath(target)
        let temporary = place.sibling(TemporaryName.make(for: place.name))
        let file = calls.create(temporary, mode ?? 0o666)
        guard file >= 0 else { throw FileError.writing(path, "create", errno: Int32(-file)) }
        do throws(FileError) {
            try fill(Int32(file), with: bytes, mode: mode, path: path, calls)
            try check(temporary)
            let renamed = calls.rename(temporary, target)
            guard renamed >= 0 else { throw FileError.writing(path, "rename", errno: Int32(-renamed)) }
        } catch {
            // The first failure is the one to report; a temporary that cannot be removed now is collected later.
            _ = calls.remove(temporary)
            throw error
        }
        try synchroniseFolder(place.folder, path: path, calls)
    }

    /// Where the bytes really go, and the permissions of the file that is there already.
    private static func destination(of path: String) throws(FileError) -> (path: String, mode: UInt32?) {
        guard !path.isEmpty, !path.utf8.contains(0), !FilePath(path).name.isEmpty else {
            throw FileError(
                .invalidArgument, path: path, "is no name for a file", remedy: "end the path in a file name")
        }
        var status = stat()
        guard lstat(path, &status) == 0 else { return (path, nil) }
        var target = path
        if status.st_mode & S_IFMT == S_IFLNK, let resolved = realpath(path, nil) {
            target = String(cString: resolved)
            free(resolved)
            guard stat(target, &status) == 0 else { return (target, nil) }
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return (target, UInt32(status.st_mode & 0o7777))
        case S_IFDIR: throw FileError.writing(path, "stat", errno: EISDIR)
        case S_IFLNK: return (target, nil)
        default:
            throw FileError(
                .notWritable, path: path, "is not an ordinary file, and would be replaced by one",
                remedy: "choose another file name")
        }
    }

    private static func fill(
        _ file: Int32, with bytes: UnsafeRawBufferPointer, mode: UInt32?, path: String, _ calls: FileCalls
    ) throws(FileError) {
        var failure: (step: String, code: Int)?
        if let mode, fchmod(file, mode_t(mode)) != 0 { failure = ("fchmod", Int(errno)) }
        var written = 0
        while failure == nil, written < bytes.count {
            let count = calls.write(file, UnsafeRawBufferPointer(rebasing: bytes[written...]))
            if count > 0 {
                written += count
            } else if count == 0 {
                failure = ("write", Int(EIO))
            } else if -count != Int(EINTR) {
                failure = ("write", -count)
            }
        }
        if failure == nil {
            let synchronised = calls.synchronise(file)
            if synchronised < 0 { failure = ("fsync", -synchronised) }
        }
        // Closed in any case, once: on Linux the descriptor is gone even when close reports EINTR.
        let closed = calls.close(file)
        if failure == nil, closed < 0, -closed != Int(EINTR) { failure = ("close", -closed) }
        if let failure { throw FileError.writing(path, failure.step, errno: Int32(failure.code)) }
    }

    private static func synchroniseFolder(_ folder: String, path: String, _ calls: FileCalls) throws(FileError) {
        let descriptor = calls.openFolder(folder)
        var failure = min(0, descriptor)
        if descriptor >= 0 {
            failure = min(0, calls.synchronise(Int32(descriptor)))
            _ = calls.close(Int32(descriptor))  // nothing was written through it that could be lost
        }
        // Some file systems have no notion of synchronising a folder and say so; there is nothing more to do there.
        guard failure < 0, ![-Int(EINVAL), -Int(ENOTSUP)].contains(failure) else { return }
        throw FileError(
            .notWritable, path: path, "is complete, but may be lost if the machine loses power now",
            remedy: "write it again, and check the disk",
            cause: "fsync of the folder: \(String(cString: strerror(Int32(-failure))))")
    }
}
