// SPDX-License-Identifier: Apache-2.0
internal import CHDF5
internal import Glibc
public import KindlingBackend

/// Builds an HDF5 file in memory, group by group, and hands over its bytes.
///
/// The library never touches a disk: what is built is written by ``FileImage/write(to:checking:)``, so that a full
/// disk or a kill cannot leave half a file. Files are in the format that Keras writes (superblock 0, contiguous,
/// unfiltered), hold no dates, and so are equal when their contents are.
///
///     let file = try HDF5Writer()
///     try file.write(kernel, at: "layers/dense/vars/0")
///     try file.setAttribute("name", to: "dense", at: "layers/dense/vars")
///     try file.finish().write(to: "model.weights.h5")
public final class HDF5Writer {
    private static let name = "the file being built"
    private let image: UnsafeMutablePointer<hdf5_image>
    private var file: hid_t?
    private var kinds: [HDF5Path: HDF5Child.Kind] = [:]

    /// Starts an empty file.
    public init() throws(FileError) {
        image = .allocate(capacity: 1)
        image.initialize(to: hdf5_image(address: nil, capacity: 0, borrowed: 0))
        do throws(FileError) {
            let image = image
            file = try HDF5Library.locked { () throws(FileError) in try HDF5Writer.create(in: image) }
        } catch {
            // deinit runs for a class whose properties are all set, and frees the image.
            throw error
        }
    }

    deinit {
        if let file {
            // Abandoned: closing writes to memory only, and what it says changes nothing.
            _ = try? HDF5Library.locked { () throws(FileError) in H5Fclose(file) }
        }
        free(image.pointee.address)
        image.deallocate()
    }

    /// Makes a group and those above it, unless they are there already.
    public func makeGroup(_ path: String) throws(FileError) {
        let place = try HDF5Path(path, in: HDF5Writer.name)
        let file = try opened()
        for group in place.ancestors + [place] where !group.components.isEmpty {
            switch kinds[group] {
            case .group: continue
            case .dataset:
                throw HDF5Writer.error(.invalidArgument, group, "is a dataset, and cannot be a group as well")
            case nil:
                try HDF5Library.locked { () throws(FileError) in
                    _ = try HDF5Handle(
                        H5Gcreate2(file, group.description, hdf5_default(), hdf5_default(), hdf5_default()),
                        otherwise: HDF5Writer.error(.invalidArgument, group, "cannot be made", HDF5Library.failure))
                }
                kinds[group] = .group
            }
        }
    }

    /// Gives a group or dataset a text under a name, as a scalar variable-length string in UTF-8.
    public func setAttribute(_ name: String, to value: String, at path: String) throws(FileError) {
        let place = try HDF5Path(path, in: HDF5Writer.name)
        guard place.components.isEmpty || kinds[place] != nil else {
            throw HDF5Writer.error(.missing, place, "does not exist, so it cannot have the attribute '\(name)'")
        }
        guard ![HDF5Convention.dtypeAttribute, HDF5Convention.checksumAttribute].contains(name) else {
            throw HDF5Writer.error(.invalidArgument, place, "cannot have an attribute '\(name)': it is Kindling's own")
        }
        let file = try opened()
        try HDF5Library.locked { () throws(FileError) in
            let target = place.components.isEmpty ? "/" : place.description
            let object = try HDF5Handle(
                H5Oopen(file, target, hdf5_default()),
                otherwise: HDF5Writer.error(.missing, place, "cannot be opened", HDF5Library.failure))
            try HDF5Writer.attach(name, value, to: object.id, place)
        }
    }

    /// Writes numbers at a path, making the groups above it.
    /// - Parameter bytes: as many as dtype and shape ask for; read before the call returns.
    public func write(
        _ bytes: UnsafeRawBufferPointer, dtype: DType, shape: Shape, attributes: [String: String] = [:],
        at path: String
    ) throws(FileError) {
        let place = try vacant(path)
        // A valid shape's element count leaves room for the widest element.
        guard shape.isValid, shape.elementCount * dtype.byteCount == bytes.count else {
            throw HDF5Writer.error(
                .invalidArgument, place, "is given \(bytes.count) bytes for \(dtype.name) \(shape)")
        }
        let content = HDF5Description.Content.tensor(dtype, shape)
        let file = try opened()
        try HDF5Library.locked { () throws(FileError) in
            let type = try HDF5Element.type(of: dtype, file: HDF5Writer.name)
            let space = try HDF5Writer.space(of: shape, place)
            let dataset = try HDF5Writer.store(bytes, type: type.id, space: space.id, in: file, place)
            if dtype == .bfloat16 || dtype == .bool {
                try HDF5Writer.attach(HDF5Convention.dtypeAttribute, dtype.name, to: dataset.id, place)
            }
            try HDF5Writer.seal(bytes, content, dataset.id, place)
        }
        try finishDataset(place, attributes)
    }

    /// Writes a dataset at a path, making the groups above it.
    public func write(_ dataset: HDF5Dataset, at path: String) throws(FileError) {
        let outcome = dataset.bytes.withUnsafeBytes { raw in
            Result { () throws(FileError) in
                try write(
                    raw, dtype: dataset.dtype, shape: dataset.shape, attributes: dataset.attributes, at: path)
            }
        }
        try outcome.get()
    }

    /// Writes a text at a path as one string in UTF-8 of fixed length, making the groups above it.
    /// - Throws: `invalidArgument` for a text that contains NUL, which would end it for other readers.
    public func write(_ text: String, attributes: [String: String] = [:], at path: String) throws(FileError) {
        let place = try vacant(path)
        let utf8 = Array(text.utf8)
        guard !utf8.contains(0) else {
            throw HDF5Writer.error(.invalidArgument, place, "is given a text that contains NUL")
        }
        let file = try opened()
        let outcome = (utf8.isEmpty ? [0] : utf8).withUnsafeBytes { raw in
            Result { () throws(FileError) in
                try HDF5Library.locked { () throws(FileError) in
                    let type = try HDF5Writer.text(bytes: raw.count, place)
                    let space = try HDF5Writer.space(of: [], place)
                    let dataset = try HDF5Writer.store(raw, type: type.id, space: space.id, in: file, place)
                    let written = UnsafeRawBufferPointer(rebasing: raw.prefix(utf8.count))
                    try HDF5Writer.seal(written, .text, dataset.id, place)
                }
            }
        }
        try outcome.get()
        try finishDataset(place, attributes)
    }

    /// Ends the file, seals it, and hands over its bytes.
    ///
    /// Nothing can be written to it afterwards.
    public func finish() throws(FileError) -> FileImage {
        let file = try opened()
        self.file = nil
        try HDF5Library.locked { () throws(FileError) in
            let flushed = H5Fflush(file, H5F_SCOPE_LOCAL)
            guard H5Fclose(file) >= 0, flushed >= 0 else {
                throw FileError(.notWritable, path: HDF5Writer.name, "cannot be finished", cause: HDF5Library.failure)
            }
        }
        let finished = try HDF5Superblock.seal(image.pointee.address, capacity: image.pointee.capacity)
        image.pointee = hdf5_image(address: nil, capacity: 0, borrowed: 0)
        return finished
    }

    private func opened() throws(FileError) -> hid_t {
        guard let file else {
            throw FileError(
                .invalidArgument, path: HDF5Writer.name, "is finished already", remedy: "start another HDF5Writer")
        }
        return file
    }

    /// The place for a new dataset, with its groups made.
    private func vacant(_ path: String) throws(FileError) -> HDF5Path {
        let place = try HDF5Path(path, in: HDF5Writer.name)
        guard !place.components.isEmpty, kinds[place] == nil else {
            throw HDF5Writer.error(.invalidArgument, place, "exists already")
        }
        if let parent = place.ancestors.last { try makeGroup(parent.description) }
        return place
    }

    private func finishDataset(_ place: HDF5Path, _ attributes: [String: String]) throws(FileError) {
        kinds[place] = .dataset
        // In the order of their names, so that equal contents make equal files.
        for (name, value) in attributes.sorted(by: { $0.key < $1.key }) {
            try setAttribute(name, to: value, at: place.description)
        }
    }

    static func error(
        _ code: FileError.Code, _ place: HDF5Path, _ what: String, _ cause: String = ""
    ) -> FileError {
        FileError(code, path: name, entry: "/" + place.description, what, cause: cause)
    }
}
