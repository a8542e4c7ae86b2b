// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingCPU

/// A tensor on the processor whose numbers can be set and read.
struct Sample {
    let storage: Storage
    let operand: Operand

    /// Room for numbers; steps may leave gaps, `room` elements in all.
    init(_ shape: [Int], _ dtype: DType, _ strides: Strides? = nil, room: Int? = nil) throws {
        let shape = Shape(shape)
        let strides = strides ?? Strides(rowMajor: shape)
        storage = try CPUBackend.shared.allocate(byteCount: (room ?? shape.elementCount) * dtype.byteCount)
        operand = Operand(
            storage: storage, offset: 0, dtype: dtype, shape: shape, strides: strides,
            isRowMajor: strides.isRowMajor(for: shape))
    }

    /// The numbers given in row-major order, stored in any type and order.
    init(_ shape: [Int], _ numbers: [Double], _ dtype: DType, _ strides: Strides? = nil, room: Int? = nil) throws {
        try self.init(shape, dtype, strides, room: room)
        let plain = try Sample(shape, .float64)
        try numbers.withUnsafeBytes { bytes in try CPUBackend.shared.upload(bytes, to: plain.storage) }
        try CPUBackend.shared.run(.copy, [plain], [self])
    }

    /// The same memory seen with the last two axes exchanged.
    init(transposed other: Sample) {
        let rank = other.operand.shape.rank
        var shape = other.operand.shape
        var strides = other.operand.strides
        (shape[rank - 2], shape[rank - 1]) = (shape[rank - 1], shape[rank - 2])
        (strides[rank - 2], strides[rank - 1]) = (strides[rank - 1], strides[rank - 2])
        storage = other.storage
        operand = Operand(
            storage: storage, offset: 0, dtype: other.operand.dtype, shape: shape, strides: strides,
            isRowMajor: strides.isRowMajor(for: shape))
    }

    /// The numbers in row-major order.
    func numbers() throws -> [Double] {
        let plain = try Sample(operand.shape.dimensions, .float64)
        try CPUBackend.shared.run(.copy, [self], [plain])
        var numbers = [Double](repeating: .nan, count: operand.shape.elementCount)
        try numbers.withUnsafeMutableBytes { bytes in
            try CPUBackend.shared.download(plain.storage, byteOffset: 0, to: bytes)
        }
        return numbers
    }
}

extension CPUBackend {
    /// Runs a request on samples.
    func run(_ request: KernelRequest, _ inputs: [Sample], _ outputs: [Sample]) throws {
        // Named first: Swift 6.3 fails on the span of a temporary array.
        let factors = inputs.map { $0.operand }
        let results = outputs.map { $0.operand }
        try execute(request, inputs: factors.span, outputs: results.span)
    }
}

/// The numbers of the fixtures' inputs: quarters from −2.25 to 2.25 that repeat after 19 elements.
func ramp(_ shape: [Int], seed: Int) -> [Double] {
    (0..<shape.reduce(1, *)).map { Double(($0 * 7 + seed * 5) % 19 - 9) / 4 }
}

/// What numbers become when they are stored in a type and read again.
func rounded(_ numbers: [Double], to dtype: DType) throws -> [Double] {
    try Sample([numbers.count], numbers, dtype).numbers()
}

/// The order that pictures are tested in.
enum PictureOrder: CaseIterable {
    case rowMajor, channelsLast

    func strides(_ shape: [Int]) -> Strides {
        self == .rowMajor ? Strides(rowMajor: Shape(shape)) : Strides(channelsLast: Shape(shape))
    }
}

/// Windows from lists of one entry for each axis.
func windows(_ size: [Int], _ stride: [Int], _ dilation: [Int], _ before: [Int], _ after: [Int]) -> WindowGeometry {
    func pack(_ list: [Int], _ rest: Int32) -> WindowGeometry.Sizes {
        var sizes = WindowGeometry.Sizes(repeating: rest)
        for (axis, entry) in list.enumerated() { sizes[axis] = Int32(entry) }
        return sizes
    }
    return WindowGeometry(
        rank: size.count, size: pack(size, 1), stride: pack(stride, 1), dilation: pack(dilation, 1),
        paddingBefore: pack(before, 0), paddingAfter: pack(after, 0))
}
