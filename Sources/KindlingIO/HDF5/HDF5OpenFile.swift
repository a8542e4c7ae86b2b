// SPDX-License-Identifier: Apache-2.0
internal import CHDF5
internal import Glibc

/// A file that the library has open read-only, closed with the last reference to it.
final class HDF5OpenFile: Sendable {
    let id: hid_t
    let source: ByteSource
    // Set before the file is opened and freed after it is closed; in between only the library looks at it, locked.
    private nonisolated(unsafe) let image: UnsafeMutablePointer<hdf5_image>?
    private let memory: FileImage?

    /// Opens a file on disk.
    init(path: String, checkingSeal: Bool) throws(FileError) {
        // Looked at first through a descriptor of our own: opening a pipe would wait, and the seal comes before the
        // library sees a byte.
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw FileError.reading(path, "open", errno: errno) }
        defer { close(file) }  // opened for reading: nothing is lost
        let own = try ByteSource(file: file, path: path)
        try HDF5Superblock.check(own)
        if checkingSeal { _ = try FileSeal.check(own) }
        image = nil
        memory = nil
        (id, source) = try HDF5Library.locked { () throws(FileError) in
            let access = try HDF5OpenFile.access(path)
            guard H5Pset_fapl_sec2(access.id) >= 0, H5Pset_file_locking(access.id, false, true) >= 0 else {
                throw HDF5OpenFile.failure(path)
            }
            let id = H5Fopen(path, hdf5_read_only(), access.id)
            guard id >= 0 else { throw HDF5OpenFile.failure(path) }
            var handle: UnsafeMutableRawPointer?
            do throws(FileError) {
                // The library's descriptor, so that numbers are read from the very file whose structure it has.
                guard H5Fget_vfd_handle(id, hdf5_default(), &handle) >= 0, let handle else {
                    throw HDF5OpenFile.failure(path)
                }
                let descriptor = handle.load(as: Int32.self)
                return (id, try ByteSource(file: descriptor, path: path))
            } catch {
                H5Fclose(id)
                throw error
            }
        }
    }

    /// Opens a file in memory, without copying it.
    init(image file: FileImage, named name: String, checkingSeal: Bool) throws(FileError) {
        let own = ByteSource(image: file, path: name)
        try HDF5Superblock.check(own)
        if checkingSeal { _ = try FileSeal.check(own) }
        let borrowed = UnsafeMutablePointer<hdf5_image>.allocate(capacity: 1)
        borrowed.initialize(to: hdf5_image(address: file.unsafeAddress, capacity: file.byteCount, borrowed: 1))
        do throws(FileError) {
            id = try HDF5Library.locked { () throws(FileError) in
                let access = try HDF5OpenFile.access(name)
                guard hdf5_use_image(access.id, borrowed, file.byteCount, 1 << 16) >= 0 else {
                    throw HDF5OpenFile.failure(name)
                }
                let id = H5Fopen(HDF5FileName.unique(), hdf5_read_only(), access.id)
                guard id >= 0 else { throw HDF5OpenFile.failure(name) }
                return id
            }
        } catch {
            borrowed.deallocate()
            throw error
        }
        image = borrowed
        memory = file
        source = own
    }

    deinit {
        // A file that was only read has nothing to lose when closing fails.
        let id = id
        _ = try? HDF5Library.locked { () throws(FileError) in H5Fclose(id) }
        image?.deallocate()
    }

    private static func access(_ path: String) throws(FileError) -> HDF5Handle {
        let access = try HDF5Handle(H5Pcreate(hdf5_class_file_access()), otherwise: failure(path))
        guard H5Pset_fclose_degree(access.id, H5F_CLOSE_STRONG) >= 0 else { throw failure(path) }
        return access
    }

    private static func failure(_ path: String) -> FileError {
        FileError(
            .corrupt, path: path, "is damaged or truncated: the HDF5 library cannot open it",
            remedy: "use an intact copy", cause: HDF5Library.failure)
    }
}
