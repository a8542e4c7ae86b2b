// SPDX-License-Identifier: Apache-2.0
internal import CHDF5
internal import KindlingBackend

/// What a dataset is and where its bytes are, after everything that could be wrong with it has been looked at.
struct HDF5Layout: Sendable {
    /// Where the bytes are.
    enum Storage: Sendable {
        /// In one piece at an offset, as memory wants them.
        case verbatim(offset: UInt64)
        /// Chunked, in the header, or of another width or order: the library has to work on them.
        case library
        /// A text in a heap; the 16 bytes that say where are at the offset.
        case heap(offset: UInt64)
    }

    let description: HDF5Description
    let storage: Storage
}

extension HDF5Access {
    /// Looks at an open dataset: storage first, then type and shape, then whether they fit each other and the file.
    func layout(of dataset: borrowing Object, at path: HDF5Path) throws(FileError) -> HDF5Layout {
        let entry = path.description
        guard dataset.kind == .dataset else { throw error(.missing, "/" + entry, "is a group, not a dataset") }
        let creation = try HDF5Handle(H5Dget_create_plist(dataset.handle.id), otherwise: damaged(entry))
        try checkStorage(creation.id, entry)
        let shape = try shape(of: dataset.handle.id, entry)
        let type = try HDF5Handle(H5Dget_type(dataset.handle.id), otherwise: damaged(entry))
        var attributes = try HDF5Attribute.texts(at: dataset.address, in: file.source, entry: entry)
        let declared = attributes[HDF5Convention.dtypeAttribute]
        let checksum = attributes.removeValue(forKey: HDF5Convention.checksumAttribute)

        if H5Tget_class(type.id) == H5T_STRING, shape.rank == 0 {
            return try textLayout(dataset.handle.id, type.id, creation.id, path, attributes, checksum)
        }
        let element = try HDF5Element(
            type: type.id, declared: declared, file: file.source.path, entry: entry)
        // Where the type says it already, the attribute is ours or Keras', not the caller's.
        if declared == element.dtype.name { attributes[HDF5Convention.dtypeAttribute] = nil }
        let offset = try checkSize(
            dataset.handle.id, creation.id, shape: shape, size: element.storedSize, entry)
        let (bytes, overflow) = shape.elementCount.multipliedReportingOverflow(by: element.dtype.byteCount)
        guard !overflow else { throw refused(entry, "declares more bytes than can be addressed") }
        let content = HDF5Description.Content.tensor(element.dtype, shape)
        let storage: HDF5Layout.Storage =
            if element.isVerbatim, let offset { .verbatim(offset: offset) } else { .library }
        return HDF5Layout(
            description: HDF5Description(
                path: entry, content: content, byteCount: bytes, attributes: attributes,
                checksum: try parsed(checksum, entry)),
            storage: storage)
    }

    private func textLayout(
        _ dataset: hid_t, _ type: hid_t, _ creation: hid_t, _ path: HDF5Path, _ attributes: [String: String],
        _ checksum: String?
    ) throws(FileError) -> HDF5Layout {
        let entry = path.description
        let isVariable = H5Tis_variable_str(type) > 0
        // In the file a variable-length string is its length, its heap's address and its index there.
        let size = isVariable ? 16 : H5Tget_size(type)
        guard size <= limits.textBytes else {
            throw refused(entry, "is a text of \(size) bytes, with \(limits.textBytes) allowed")
        }
        let offset = try checkSize(dataset, creation, shape: [], size: size, entry)
        guard let offset else { throw refused(entry, "is a text that is chunked or inside a header") }
        return HDF5Layout(
            description: HDF5Description(
                path: entry, content: .text, byteCount: size, attributes: attributes,
                checksum: try parsed(checksum, entry)),
            storage: isVariable ? .heap(offset: offset) : .verbatim(offset: offset))
    }

    private func parsed(_ checksum: String?, _ entry: String) throws(FileError) -> UInt64? {
        guard let checksum else { return nil }
        guard let value = HDF5Convention.checksum(attribute: checksum) else {
            throw error(.corrupt, entry, "has a checksum that is none: '\(checksum)'", remedy: "use an intact copy")
        }
        return value
    }

    private func checkStorage(_ creation: hid_t, _ entry: String) throws(FileError) {
        let layout = H5Pget_layout(creation)
        guard layout != H5D_VIRTUAL else { throw refused(entry, "is a virtual dataset, made of other files' data") }
        guard layout == H5D_CONTIGUOUS || layout == H5D_COMPACT || layout == H5D_CHUNKED else { throw damaged(entry) }
        let external = H5Pget_external_count(creation)
        guard external >= 0 else { throw damaged(entry) }
        guard external == 0 else { throw refused(entry, "keeps its data in another file") }
        let filters = H5Pget_nfilters(creation)
        guard filters >= 0 else { throw damaged(entry) }
        for index in 0..<UInt32(filters) {
            var (flags, settings, count): (UInt32, UInt32, Int) = (0, 0, 0)
            let filter = H5Pget_filter2(creation, index, &flags, &count, nil, 0, nil, &settings)
            // Up to 255 are the library's own; it does not look whether what they give fills a chunk.
            guard (0..<256).contains(filter) else {
                throw refused(entry, "needs the filter \(filter), which could be a plug-in")
            }
            throw error(
                .unsupported, entry, "is compressed or filtered (filter \(filter))",
                remedy: "write it without, for instance with: h5repack -f NONE")
        }
    }

    private func shape(of dataset: hid_t, _ entry: String) throws(FileError) -> Shape {
        let space = try HDF5Handle(H5Dget_space(dataset), otherwise: damaged(entry))
        let kind = H5Sget_simple_extent_type(space.id)
        if kind == H5S_SCALAR { return [] }
        guard kind == H5S_SIMPLE else { throw refused(entry, "is empty without a shape") }
        let rank = Int(H5Sget_simple_extent_ndims(space.id))
        guard rank >= 0 else { throw damaged(entry) }
        guard rank <= Shape.maximumRank else {
            throw error(
                .unsupported, entry, "has \(rank) axes, and Kindling's tensors have at most \(Shape.maximumRank)")
        }
        var sizes = [hsize_t](repeating: 0, count: rank)
        guard H5Sget_simple_extent_dims(space.id, &sizes, nil) == rank else { throw damaged(entry) }
        let dimensions = sizes.compactMap { Int(exactly: $0) }
        let shape = Shape(dimensions)
        guard dimensions.count == rank, shape.isValid else {
            throw refused(entry, "declares the absurd shape \(sizes)")
        }
        return shape
    }

    /// Compares what a dataset declares with what the file stores for it.
    /// - Returns: Where the data begin, when they are in one piece.
    private func checkSize(
        _ dataset: hid_t, _ creation: hid_t, shape: Shape, size: Int, _ entry: String
    ) throws(FileError) -> UInt64? {
        let (declared, overflow) = shape.elementCount.multipliedReportingOverflow(by: size)
        guard size > 0, !overflow else { throw refused(entry, "declares more bytes than can be addressed") }
        let stored = H5Dget_storage_size(dataset)
        guard stored <= UInt64(file.source.byteCount) else {
            throw refused(entry, "stores \(stored) bytes in a file of \(file.source.byteCount)")
        }
        switch H5Pget_layout(creation) {
        case H5D_CHUNKED:
            var chunk = [hsize_t](repeating: 0, count: Shape.maximumRank)
            let rank = H5Pget_chunk(creation, Int32(chunk.count), &chunk)
            guard rank > 0, rank <= chunk.count else { throw damaged(entry) }
            let chunkBytes = chunk.prefix(Int(rank)).reduce((UInt64(size), false)) { total, axis in
                let product = total.0.multipliedReportingOverflow(by: UInt64(axis))
                return (product.partialValue, total.1 || product.overflow)
            }
            guard !chunkBytes.1, chunkBytes.0 <= UInt64(limits.chunkBytes) else {
                throw refused(entry, "has chunks of \(chunk.prefix(Int(rank))) elements")
            }
            // Every chunk must be there in full, those at the edges too: the library relies on it.
            var expected = declared == 0 ? 0 : chunkBytes.0
            for (axis, length) in chunk.prefix(Int(rank)).enumerated() where declared > 0 {
                guard axis < shape.rank, length > 0 else { throw damaged(entry) }
                let count = (UInt64(shape[axis]) + UInt64(length) - 1) / UInt64(length)
                let product = expected.multipliedReportingOverflow(by: count)
                expected = product.overflow ? .max : product.partialValue
            }
            guard Int(rank) == shape.rank, expected == UInt64(stored) else {
                throw mismatch(declared, stored, entry)
            }
            return nil
        case H5D_COMPACT:
            guard declared == Int(stored) else { throw mismatch(declared, stored, entry) }
            return nil
        default:
            guard declared == Int(stored) else { throw mismatch(declared, stored, entry) }
            guard declared > 0 else { return 0 }
            let offset = H5Dget_offset(dataset)
            let (end, overflow) = UInt64(offset).addingReportingOverflow(UInt64(stored))
            guard offset != hdf5_no_address(), !overflow, end <= UInt64(file.source.byteCount) else {
                throw refused(entry, "stores its data beyond the end of the file")
            }
            return UInt64(offset)
        }
    }

    private func mismatch(_ declared: Int, _ stored: UInt64, _ entry: String) -> FileError {
        refused(entry, "declares \(declared) bytes and stores \(stored)")
    }
}
