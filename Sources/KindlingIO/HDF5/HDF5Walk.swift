// SPDX-License-Identifier: Apache-2.0
internal import CHDF5
internal import KindlingBackend

extension HDF5Access {
    /// All datasets in and below a group, in numerical order.
    ///
    /// Groups that are their own ancestor, or that are reached on two ways, are refused: a walk over them could be
    /// endless, or longer than anybody can wait.
    func datasets(under start: HDF5Path) throws(FileError) -> [HDF5Layout] {
        var layouts: [HDF5Layout] = []
        var waiting = [start]
        var visited: Set<UInt64> = []
        var entries = 0
        while let path = waiting.popLast() {
            let object = try open(path)
            guard object.kind == .group else {
                layouts.append(try layout(of: object, at: path))
                continue
            }
            guard visited.insert(object.address).inserted else {
                throw refused("/" + path.description, "is a group that is linked twice, or inside itself")
            }
            let children = try children(of: object, at: path)
            entries += children.count
            guard entries <= limits.entries else {
                throw refused("/" + path.description, "is one of more than \(limits.entries) entries")
            }
            guard path.components.count < HDF5Path.maximumDepth || children.isEmpty else {
                throw refused("/" + path.description, "is nested more than \(HDF5Path.maximumDepth) levels deep")
            }
            waiting += children.reversed().compactMap { path.child($0.child.name) }
        }
        return layouts
    }

    /// Lets the library read a dataset that it has to put together or convert.
    func convert(_ layout: HDF5Layout, into memory: UnsafeMutableRawBufferPointer) throws(FileError) {
        let entry = layout.description.path
        guard case .tensor(let dtype, _) = layout.description.content else {
            throw error(.unsupported, entry, "is a text, which is not converted")
        }
        let dataset = try open(HDF5Path(entry, in: file.source.path))
        let stored = try HDF5Handle(H5Dget_type(dataset.handle.id), otherwise: damaged(entry))
        // Types without arithmetic are taken as they are; the library has no way from an enumeration to bytes.
        let isPlain = dtype != .bool && dtype != .bfloat16
        let type = isPlain ? try HDF5Element.type(of: dtype, file: file.source.path) : stored
        let status = H5Dread(dataset.handle.id, type.id, hdf5_all(), hdf5_all(), hdf5_default(), memory.baseAddress)
        guard status >= 0 else { throw damaged(entry) }
    }
}
