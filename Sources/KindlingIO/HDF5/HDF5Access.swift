// SPDX-License-Identifier: Apache-2.0
internal import CHDF5

/// The only way to an object in a file: every step is looked at before it is taken.
///
/// Links must be hard ones, so that nothing outside the file is ever named, let alone opened. All of it only while
/// the library is locked.
struct HDF5Access: ~Copyable {
    let file: HDF5OpenFile
    let limits: HDF5Limits
    private let linkAccess: HDF5Handle

    /// An object that is open.
    struct Object: ~Copyable {
        let handle: HDF5Handle
        let kind: HDF5Child.Kind
        let address: UInt64
    }

    init(_ file: HDF5OpenFile, _ limits: HDF5Limits) throws(FileError) {
        self.file = file
        self.limits = limits
        let failure = FileError(.unreadable, path: file.source.path, "cannot be read", cause: HDF5Library.failure)
        let fenced = try HDF5Handle(H5Pcreate(hdf5_class_link_access()), otherwise: failure)
        guard hdf5_fence_links(fenced.id) >= 0 else { throw failure }
        linkAccess = fenced
    }
}

extension HDF5Access {
    /// Opens an object, component by component.
    func open(_ path: HDF5Path) throws(FileError) -> Object {
        var object = try opened(HDF5Handle(H5Gopen2(file.id, "/", hdf5_default()), otherwise: damaged("/")), "/")
        var walked = "/"
        for name in path.components {
            guard object.kind == .group else {
                throw error(.missing, walked, "is a dataset, and has no entry '\(name)'")
            }
            walked = walked == "/" ? name : walked + "/" + name
            try checkLink(name, of: object.handle.id, walked)
            object = try opened(
                HDF5Handle(H5Oopen(object.handle.id, name, linkAccess.id), otherwise: damaged(walked)), walked)
        }
        return object
    }

    /// Whether there is such an entry; an error when the way there is barred.
    func contains(_ path: HDF5Path) throws(FileError) -> Bool {
        do throws(FileError) {
            _ = try open(path)
            return true
        } catch  where error.code == .missing {
            return false
        }
    }

    /// The entries of an open group, in numerical order, each with the address of its object.
    func children(of group: borrowing Object, at path: HDF5Path) throws(FileError) -> [(
        child: HDF5Child, address: UInt64
    )] {
        let entry = "/" + path.description
        guard group.kind == .group else { throw error(.missing, entry, "is a dataset, and has no entries") }
        var children: [(child: HDF5Child, address: UInt64)] = []
        for name in try names(in: group.handle.id, entry) {
            guard let place = path.child(name) else {
                throw error(.refused, entry, "has an entry whose name is none: '\(name)'")
            }
            try checkLink(name, of: group.handle.id, place.description)
            let object = try opened(
                HDF5Handle(H5Oopen(group.handle.id, name, linkAccess.id), otherwise: damaged(place.description)),
                place.description)
            children.append((HDF5Child(name: name, kind: object.kind), object.address))
        }
        return children.sorted { isOrderedByNumber($0.child.name, $1.child.name) }
    }

    /// Looks at what a name leads to, before the library opens it.
    private func checkLink(_ name: String, of group: hid_t, _ entry: String) throws(FileError) {
        var link = H5L_info_t()
        let exists = H5Lexists(group, name, linkAccess.id)
        guard exists != 0 else {
            throw error(.missing, entry, "does not exist", remedy: "check the name against the file's listing")
        }
        guard exists > 0, H5Lget_info(group, name, &link, linkAccess.id) >= 0 else { throw damaged(entry) }
        switch link.type {
        case H5L_TYPE_HARD:
            let header = try HDF5ObjectHeader(at: UInt64(link.u.address), in: file.source, entry: entry)
            try HDF5Screening.check(header, file.source, entry: entry)
        case H5L_TYPE_EXTERNAL: throw refused(entry, "is a link into another file")
        case H5L_TYPE_SOFT: throw refused(entry, "is a soft link")
        default: throw refused(entry, "is a link of an unknown kind (\(link.type.rawValue))")
        }
    }

    private func opened(_ handle: consuming HDF5Handle, _ entry: String) throws(FileError) -> Object {
        var info = H5O_info_t()
        guard H5Oget_info2(handle.id, &info, hdf5_basic_info()) >= 0 else { throw damaged(entry) }
        switch info.type {
        case H5O_TYPE_GROUP: return Object(handle: handle, kind: .group, address: UInt64(info.addr))
        case H5O_TYPE_DATASET: return Object(handle: handle, kind: .dataset, address: UInt64(info.addr))
        default: throw refused(entry, "is neither a group nor a dataset")
        }
    }

    private func names(in group: hid_t, _ entry: String) throws(FileError) -> [String] {
        var listing = Listing(limit: limits.entries)
        var start: hsize_t = 0
        let status = withUnsafeMutablePointer(to: &listing) { pointer in
            H5Literate(
                group, H5_INDEX_NAME, H5_ITER_NATIVE, &start,
                { _, name, _, context in
                    guard let name, let listing = context?.assumingMemoryBound(to: Listing.self) else { return -1 }
                    listing.pointee.add(name)
                    return listing.pointee.isFull || listing.pointee.isDamaged ? -1 : 0
                }, pointer)
        }
        guard !listing.isFull else { throw refused(entry, "has more than \(limits.entries) entries") }
        guard !listing.isDamaged else { throw refused(entry, "has an entry whose name is no UTF-8") }
        guard status >= 0 else { throw damaged(entry) }
        return listing.names
    }

    func damaged(_ entry: String) -> FileError {
        FileError(
            .corrupt, path: file.source.path, entry: entry, "is damaged", remedy: "use an intact copy",
            cause: HDF5Library.failure)
    }

    func refused(_ entry: String, _ what: String) -> FileError {
        error(.refused, entry, what + ", which is not followed or read", remedy: "write the file without it")
    }

    func error(_ code: FileError.Code, _ entry: String, _ what: String, remedy: String = "") -> FileError {
        FileError(code, path: file.source.path, entry: entry, what, remedy: remedy)
    }
}

/// Names collected while the library walks a group.
private struct Listing {
    let limit: Int
    var names: [String] = []
    var isFull = false
    var isDamaged = false

    init(limit: Int) { self.limit = limit }

    mutating func add(_ name: UnsafePointer<CChar>) {
        guard names.count < limit else {
            isFull = true
            return
        }
        guard let text = String(validatingCString: name) else {
            isDamaged = true
            return
        }
        names.append(text)
    }
}
