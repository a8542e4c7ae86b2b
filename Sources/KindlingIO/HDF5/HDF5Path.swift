// SPDX-License-Identifier: Apache-2.0

/// A place inside a file, as its checked components; the root has none.
struct HDF5Path: Sendable, Hashable, CustomStringConvertible {
    static let maximumDepth = 32
    let components: [String]

    /// Takes `layers/dense/vars/0` apart, with or without a slash in front.
    /// - Throws: `invalidArgument` for names that HDF5 or a file system would read as something else.
    init(_ text: String, in file: String) throws(FileError) {
        let body = text.hasPrefix("/") ? text.dropFirst() : text[...]
        components = body.isEmpty ? [] : body.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        for component in components where !HDF5Path.isName(component) {
            throw FileError(
                .invalidArgument, path: file, entry: text, "has a component that is no name: '\(component)'",
                remedy: "use names of 1 to 255 bytes, without '.', '..' and NUL")
        }
        guard components.count <= HDF5Path.maximumDepth else {
            throw FileError(
                .refused, path: file, entry: text,
                "is \(components.count) levels deep, and \(HDF5Path.maximumDepth) are allowed",
                remedy: "nest groups less deeply")
        }
    }

    private init(components: [String]) { self.components = components }

    var description: String { components.joined(separator: "/") }

    /// The place a group has for a name, or nil when that is no name.
    func child(_ name: String) -> HDF5Path? {
        HDF5Path.isName(name) ? HDF5Path(components: components + [name]) : nil
    }

    /// The groups on the way here, outermost first, without the root and without itself.
    var ancestors: [HDF5Path] {
        (1..<max(1, components.count)).map { HDF5Path(components: Array(components.prefix($0))) }
    }

    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text != "." && text != ".." && text.utf8.count <= 255
            && !text.utf8.contains { $0 == 0 || $0 == UInt8(ascii: "/") }
    }
}

/// Order by name in which runs of digits count as numbers: `0, 1, 2, 10`, `dense, dense_1, dense_2, dense_10`.
func isOrderedByNumber(_ left: String, _ right: String) -> Bool {
    let (a, b) = (Array(left.utf8), Array(right.utf8))
    var (i, j) = (0, 0)
    func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    func number(_ text: [UInt8], _ index: inout Int) -> ArraySlice<UInt8> {
        let start = index
        while index < text.count, isDigit(text[index]) { index += 1 }
        return text[start..<index].drop { $0 == UInt8(ascii: "0") }
    }
    while i < a.count, j < b.count {
        if isDigit(a[i]), isDigit(b[j]) {
            let (x, y) = (number(a, &i), number(b, &j))
            if x.count != y.count { return x.count < y.count }
            if x != y { return x.lexicographicallyPrecedes(y) }
        } else {
            if a[i] != b[j] { return a[i] < b[j] }
            i += 1
            j += 1
        }
    }
    if a.count - i != b.count - j { return a.count - i < b.count - j }
    return a.lexicographicallyPrecedes(b)  // 1 and 01
}
