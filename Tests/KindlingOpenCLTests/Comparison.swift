// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import ReferenceBackend
import Testing

@testable import KindlingOpenCL

/// A tensor of a test: numbers in logical row-major order, and how they lie in memory.
struct Sample {
    var numbers: [Double]
    var dtype: DType
    var shape: Shape
    var strides: Strides
    var offset = 0

    /// Row-major.
    init(_ numbers: [Double], _ dtype: DType, _ shape: Shape) {
        self.numbers = numbers
        self.dtype = dtype
        self.shape = shape
        strides = Strides(rowMajor: shape)
    }

    /// Row-major float32.
    init(_ numbers: [Double], _ shape: Shape) { self.init(numbers, .float32, shape) }

    /// Numbers without a pattern, the same every time, between −2 and 2; whole ones for whole types.
    init(_ dtype: DType, _ shape: Shape, seed: UInt64) {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        let numbers = (0..<shape.elementCount).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 40) / Double(1 << 22) - 2
        }
        self.init(dtype.isFloatingPoint ? numbers : numbers.map { ($0 * 9).rounded() }, dtype, shape)
        if dtype == .bool || dtype == .uint8 { self.numbers = self.numbers.map(abs) }
    }

    /// The same numbers, lying so in memory.
    func lying(_ steps: [Int], offset: Int = 0) -> Sample {
        var sample = self
        sample.strides = Strides()
        for (axis, step) in steps.enumerated() { sample.strides[axis] = step }
        sample.offset = offset
        return sample
    }

    /// Elements that its storage must have.
    var extent: Int {
        guard shape.elementCount > 0 else { return offset }
        return offset + 1 + (0..<shape.rank).reduce(0) { $0 + (shape[$1] - 1) * max(0, strides[$1]) }
    }

    func operand(_ storage: Storage) -> Operand {
        Operand(
            storage: storage, offset: offset, dtype: dtype, shape: shape, strides: strides,
            isRowMajor: strides.isRowMajor(for: shape))
    }
}

/// Runs a request on the device and on the reference backend.
enum Comparison {
    private static let reference = ReferenceBackend()

    /// Expects every element of every output to be within `tolerance` · (1 + |expected|).
    static func expect(
        _ request: KernelRequest, _ inputs: [Sample], gives outputs: [Sample], within tolerance: Double,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let device = try TestDevice.required()
        let expected = try run(request, inputs, outputs, on: reference)
        let actual = try run(request, inputs, outputs, on: device)
        for (output, (expected, actual)) in zip(expected, actual).enumerated() {
            let wrong = expected.indices.first { !agree(expected[$0], actual[$0], tolerance) }
            if let wrong {
                Issue.record(
                    """
                    \(request.name), output \(output) (\(outputs[output].dtype.name)), element \(wrong): \
                    \(actual[wrong]) instead of \(expected[wrong])
                    """, sourceLocation: sourceLocation)
            }
        }
    }

    /// The outputs' numbers in logical order.
    static func run(
        _ request: KernelRequest, _ inputs: [Sample], _ outputs: [Sample], on backend: any Backend
    ) throws -> [[Double]] {
        let given = try inputs.map { try place($0, on: backend) }
        let made = try outputs.map { try place($0, on: backend) }
        let inputOperands = zip(inputs, given).map { $0.operand($1) }
        let outputOperands = zip(outputs, made).map { $0.operand($1) }
        try backend.execute(request, inputs: inputOperands.span, outputs: outputOperands.span)
        let results = try zip(outputs, made).map { try numbers(of: $0, in: $1) }
        withExtendedLifetime(given) {}
        return results
    }

    private static func agree(_ expected: Double, _ actual: Double, _ tolerance: Double) -> Bool {
        if expected.isNaN || actual.isNaN { return expected.isNaN && actual.isNaN }
        if expected.isInfinite || actual.isInfinite { return expected == actual }
        return abs(expected - actual) <= tolerance * (1 + abs(expected))
    }

    /// Storage with the sample's numbers; the reference backend converts them to the type and lays them out.
    private static func place(_ sample: Sample, on backend: any Backend) throws -> Storage {
        let laid = try converted(sample)
        guard backend !== reference else { return laid }
        let storage = try backend.allocate(byteCount: sample.extent * sample.dtype.byteCount)
        let bytes = UnsafeRawBufferPointer(start: laid.address, count: sample.extent * sample.dtype.byteCount)
        try backend.upload(bytes, to: storage)
        return storage
    }

    private static func converted(_ sample: Sample) throws -> Storage {
        let isInteger = !sample.dtype.isFloatingPoint
        let plain = Sample(sample.numbers, isInteger ? .int64 : .float64, sample.shape)
        let source = try reference.allocate(byteCount: sample.numbers.count * 8)
        if isInteger {
            try sample.numbers.map { Int64($0) }.withUnsafeBytes { try reference.upload($0, to: source) }
        } else {
            try sample.numbers.withUnsafeBytes { try reference.upload($0, to: source) }
        }
        let target = try reference.allocate(byteCount: sample.extent * sample.dtype.byteCount)
        let (inputs, outputs) = ([plain.operand(source)], [sample.operand(target)])
        try reference.execute(.copy, inputs: inputs.span, outputs: outputs.span)
        return target
    }

    private static func numbers(of sample: Sample, in storage: Storage) throws -> [Double] {
        let host = try reference.allocate(byteCount: sample.extent * sample.dtype.byteCount)
        let bytes = UnsafeMutableRawBufferPointer(
            start: host.address, count: sample.extent * sample.dtype.byteCount)
        try storage.backend.download(storage, byteOffset: 0, to: bytes)
        let plain = Sample([], .float64, sample.shape)
        let target = try reference.allocate(byteCount: sample.shape.elementCount * 8)
        let (inputs, outputs) = ([sample.operand(host)], [plain.operand(target)])
        try reference.execute(.copy, inputs: inputs.span, outputs: outputs.span)
        var numbers = [Double](repeating: 0, count: sample.shape.elementCount)
        try numbers.withUnsafeMutableBytes { try reference.download(target, byteOffset: 0, to: $0) }
        return numbers
    }
}

extension Sample {
    /// An output: its numbers are overwritten.
    static func output(_ shape: Shape) -> Sample { output(.float32, shape) }

    /// An output of a type.
    static func output(_ dtype: DType, _ shape: Shape) -> Sample {
        Sample([Double](repeating: 3, count: shape.elementCount), dtype, shape)
    }
}
