// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// One number on the device in which a kernel leaves the place of the first index that is out of range.
///
/// Reading it back makes the host wait for the device: the price of an error that names the index where it happened.
struct IndexCheck {
    private let flag: Storage
    private let backend: OpenCLBackend
    private static let nothing = Int32.max

    /// Sets the flag to "nothing wrong".
    init(_ backend: OpenCLBackend) throws(TensorError) {
        self.backend = backend
        flag = try backend.allocate(byteCount: 4)
        try backend.upload([Self.nothing], to: flag)
    }

    /// What the kernel gets: `__global int* wrong`.
    var argument: KernelArgument { .buffer(flag) }

    /// The statement that notes a place.
    static func note(_ place: String) -> String { "atomic_min(wrong, (int)min((long)\(place), 0x7ffffffel));" }

    /// Waits for the kernel and throws if it noted a place.
    func throwIfWrong(_ indices: Operand, range: Range<Int>, _ operation: String) throws(TensorError) {
        let place: [Int32] = try backend.download(flag, count: 1)
        guard place[0] != Self.nothing else { return }  // Nothing was noted: all is well.
        let index: [Int64] = try backend.download(indices.storage, from: indices.offset + Int(place[0]), count: 1)
        throw Self.error(index[0], at: Int(place[0]), range: range, operation)
    }

    /// The error for an index and its place.
    static func error(_ index: Int64, at place: Int, range: Range<Int>, _ operation: String) -> TensorError {
        TensorError(
            .indexOutOfRange, operation: operation,
            "index \(index) at place \(place) is not in \(range.lowerBound) ..< \(range.upperBound)",
            remedy: "check the labels or token numbers that the data set gives")
    }
}

extension OpenCLBackend {
    /// Copies an array to the device.
    func upload<Element: BitwiseCopyable>(_ elements: [Element], to storage: Storage) throws(TensorError) {
        let outcome = elements.withUnsafeBytes { bytes in
            Result { () throws(TensorError) in try upload(bytes, to: storage) }
        }
        try outcome.get()
    }

    /// Copies an array from the device, waiting for all work before it.
    func download<Element: FixedWidthInteger & BitwiseCopyable>(
        _ storage: Storage, from first: Int = 0, count: Int
    ) throws(TensorError) -> [Element] {
        var elements = [Element](repeating: 0, count: count)
        let outcome = elements.withUnsafeMutableBytes { bytes in
            Result { () throws(TensorError) in
                try download(storage, byteOffset: first * MemoryLayout<Element>.size, to: bytes)
            }
        }
        try outcome.get()
        return elements
    }
}
