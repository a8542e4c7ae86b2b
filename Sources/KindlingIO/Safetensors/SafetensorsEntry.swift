// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// What a header says of one tensor.
struct SafetensorsEntry: Sendable {
    let name: String
    let dtype: SafetensorsDType
    let dimensions: [Int]
    /// Where its bytes lie, counted from the end of the header.
    let begin: Int
    let end: Int

    /// The shape, or nil when a tensor here cannot have it.
    var shape: Shape? {
        let shape = Shape(dimensions)
        return shape.isValid ? shape : nil
    }

    /// Refuses what contradicts itself.
    func check(path: String) throws(FileError) {
        guard begin <= end else { throw broken(path, "its data_offsets [\(begin), \(end)] run backwards") }
        var bits = dtype.bits
        for size in dimensions {
            let (product, overflow) = bits.multipliedReportingOverflow(by: size)
            guard !overflow else { throw broken(path, "its shape \(dimensions) has more elements than can be counted") }
            bits = product
        }
        guard bits.isMultiple(of: 8), bits / 8 == end - begin else {
            throw broken(
                path,
                "its shape \(dimensions) of \(dtype.name) takes \(bits / 8) bytes, its data_offsets "
                    + "[\(begin), \(end)] hold \(end - begin)")
        }
    }

    /// Refuses tensors that overlap, leave holes, or end elsewhere than the file does.
    static func check(_ entries: [SafetensorsEntry], dataByteCount: Int, path: String) throws(FileError) {
        var place = 0
        for entry in entries.sorted(by: { ($0.begin, $0.end) < ($1.begin, $1.end) }) {
            guard entry.begin >= place else {
                throw entry.broken(path, "its bytes overlap those of another tensor at \(entry.begin)")
            }
            guard entry.begin == place else {
                throw entry.broken(path, "bytes \(place) to \(entry.begin) before it belong to no tensor")
            }
            place = entry.end
            guard place <= dataByteCount else {
                throw entry.broken(path, "it ends at byte \(place) of \(dataByteCount): the file is truncated")
            }
        }
        guard place == dataByteCount else {
            throw FileError(
                .corrupt, path: path, "is damaged: \(dataByteCount - place) bytes after the last tensor belong to none",
                remedy: "use an intact copy")
        }
    }

    private func broken(_ path: String, _ what: String) -> FileError {
        FileError(.corrupt, path: path, entry: name, "is damaged: \(what)", remedy: "use an intact copy")
    }
}
