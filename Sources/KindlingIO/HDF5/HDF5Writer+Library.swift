// SPDX-License-Identifier: Apache-2.0
internal import CHDF5
internal import KindlingBackend
internal import Synchronization

/// The writer's calls into the library; all of them only while it is locked.
extension HDF5Writer {
    static func create(in image: UnsafeMutablePointer<hdf5_image>) throws(FileError) -> hid_t {
        let path = "the file being built"
        func failure() -> FileError {
            FileError(.notWritable, path: path, "cannot be started", cause: HDF5Library.failure)
        }
        let access = try HDF5Handle(H5Pcreate(hdf5_class_file_access()), otherwise: failure())
        let creation = try HDF5Handle(H5Pcreate(hdf5_class_file_creation()), otherwise: failure())
        guard H5Pset_libver_bounds(access.id, H5F_LIBVER_EARLIEST, H5F_LIBVER_V18) >= 0,
            hdf5_use_image(access.id, image, 0, 1 << 20) >= 0,
            H5Pset_obj_track_times(creation.id, false) >= 0
        else { throw failure() }
        let file = H5Fcreate(HDF5FileName.unique(), hdf5_truncate(), creation.id, access.id)
        guard file >= 0 else { throw failure() }
        return file
    }

    static func space(of shape: Shape, _ place: HDF5Path) throws(FileError) -> HDF5Handle {
        let sizes = shape.dimensions.map(hsize_t.init)
        return try HDF5Handle(
            sizes.isEmpty ? H5Screate(H5S_SCALAR) : H5Screate_simple(Int32(sizes.count), sizes, nil),
            otherwise: error(.invalidArgument, place, "cannot have the shape \(shape)", HDF5Library.failure))
    }

    static func text(bytes: Int, _ place: HDF5Path) throws(FileError) -> HDF5Handle {
        let type = try HDF5Handle(
            H5Tcopy(hdf5_type_string()),
            otherwise: error(.invalidArgument, place, "cannot hold a text", HDF5Library.failure))
        guard H5Tset_size(type.id, bytes) >= 0, H5Tset_cset(type.id, H5T_CSET_UTF8) >= 0,
            H5Tset_strpad(type.id, bytes == hdf5_variable_length() ? H5T_STR_NULLTERM : H5T_STR_NULLPAD) >= 0
        else { throw error(.invalidArgument, place, "cannot hold a text of \(bytes) bytes", HDF5Library.failure) }
        return type
    }

    static func store(
        _ bytes: UnsafeRawBufferPointer, type: hid_t, space: hid_t, in file: hid_t, _ place: HDF5Path
    ) throws(FileError) -> HDF5Handle {
        func failure() -> FileError { error(.notWritable, place, "cannot be written", HDF5Library.failure) }
        let creation = try HDF5Handle(H5Pcreate(hdf5_class_dataset_creation()), otherwise: failure())
        guard H5Pset_layout(creation.id, H5D_CONTIGUOUS) >= 0, H5Pset_obj_track_times(creation.id, false) >= 0,
            H5Pset_fill_time(creation.id, H5D_FILL_TIME_NEVER) >= 0
        else { throw failure() }
        let dataset = try HDF5Handle(
            H5Dcreate2(file, place.description, type, space, hdf5_default(), creation.id, hdf5_default()),
            otherwise: failure())
        guard let address = bytes.baseAddress, bytes.count > 0 else { return dataset }
        guard H5Dwrite(dataset.id, type, hdf5_all(), hdf5_all(), hdf5_default(), address) >= 0 else {
            throw failure()
        }
        return dataset
    }

    static func seal(
        _ bytes: UnsafeRawBufferPointer, _ content: HDF5Description.Content, _ dataset: hid_t, _ place: HDF5Path
    ) throws(FileError) {
        let seed = HDF5Convention.seed(path: place.description, content: content)
        let text = HDF5Convention.attribute(checksum: Checksum.of(bytes, seed: seed))
        try attach(HDF5Convention.checksumAttribute, text, to: dataset, place)
    }

    static func attach(_ name: String, _ value: String, to object: hid_t, _ place: HDF5Path) throws(FileError) {
        guard !name.isEmpty, !name.utf8.contains(0), !value.utf8.contains(0), value.utf8.count < 1 << 15 else {
            throw error(
                .invalidArgument, place,
                "cannot have the attribute '\(name)': an attribute has a name, no NUL, and less than 32 KiB")
        }
        func failure() -> FileError {
            error(.notWritable, place, "cannot have the attribute '\(name)'", HDF5Library.failure)
        }
        let type = try text(bytes: hdf5_variable_length(), place)
        let space = try self.space(of: [], place)
        guard H5Aexists(object, name) == 0 else {
            throw error(.invalidArgument, place, "has an attribute '\(name)' already")
        }
        let attribute = try HDF5Handle(
            H5Acreate2(object, name, type.id, space.id, hdf5_default(), hdf5_default()), otherwise: failure())
        let status = value.withCString { text in
            withUnsafePointer(to: Optional(text)) { H5Awrite(attribute.id, type.id, $0) }
        }
        guard status >= 0 else { throw failure() }
    }
}

/// Names for files in memory.
///
/// The library takes two open files of one name for one file, so no name is used twice.
enum HDF5FileName {
    private static let count = Atomic<Int>(0)

    /// A name under a device, so that the library's look for an existing file of that name finds none.
    static func unique() -> String {
        "/dev/null/kindling-\(count.add(1, ordering: .relaxed).newValue)"
    }
}
