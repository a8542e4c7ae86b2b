// SPDX-License-Identifier: Apache-2.0

/// An array of bytes in the format of the MNIST files.
///
/// Two zero bytes, the element type (8: unsigned bytes), the number of axes, a big-endian 32-bit size for each axis,
/// then the elements in row-major order.
struct IDX {
    /// The sizes along the axes.
    let sizes: [Int]
    private let contents: FileContents
    private let start: Int

    /// Reads the header and checks that the elements are all there and nothing else is.
    /// - Parameter rank: How many axes there must be.
    /// - Throws: `DataError` for other types, other ranks, sizes that cannot be, and files that are too short or too long.
    init(_ contents: FileContents, rank: Int) throws(DataError) {
        let bytes = contents.bytes, path = contents.path
        guard bytes.count >= 4 else {
            throw DataError(
                .truncated, path: path, "\(bytes.count) bytes are too few for an IDX file", remedy: IDX.again)
        }
        guard bytes[0] == 0, bytes[1] == 0, bytes[2] == 0x08, Int(bytes[3]) == rank else {
            let found = bytes[..<4].map { String($0, radix: 16) }.joined(separator: " ")
            throw DataError(
                .malformed, path: path,
                "expected an IDX file of bytes with \(rank) axes, which begins 0 0 8 \(rank); it begins \(found)",
                remedy: "check that the file has not been renamed")
        }
        start = 4 + 4 * rank
        guard bytes.count >= start else {
            throw DataError(
                .truncated, path: path, "the file ends after \(bytes.count) bytes, within its header",
                remedy: IDX.again)
        }
        let sizes = (0..<rank).map { axis in
            bytes[4 + 4 * axis..<8 + 4 * axis].reduce(0) { $0 << 8 | Int($1) }
        }
        var count = 1
        for size in sizes {
            let (product, overflow) = count.multipliedReportingOverflow(by: size)
            guard !overflow else {
                throw DataError(
                    .tooLarge, path: path, "sizes \(sizes) are more than can be counted", remedy: IDX.again)
            }
            count = product
        }
        let found = bytes.count - start
        guard found == count else {
            throw DataError(
                found < count ? .truncated : .malformed, path: path,
                "sizes \(sizes) need \(count) bytes after the header, found \(found)", remedy: IDX.again)
        }
        self.sizes = sizes
        self.contents = contents
    }

    /// The elements.
    var elements: ArraySlice<UInt8> { contents.bytes[start...] }

    private static let again = "get the file again"
}
