// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

/// A tensor of a law: what goes into a request, or the place where a result belongs.
struct TensorSample: Sendable, CustomStringConvertible {
    let dtype: DType
    let shape: Shape
    let layout: SampleLayout
    /// What is in it, or nil for an output's own memory.
    let values: SampleValues?
    /// Which input's memory an output shares.
    let sharedInput: Int?

    private init(_ dtype: DType, _ shape: Shape, _ layout: SampleLayout, _ values: SampleValues?, _ shared: Int?) {
        self.dtype = dtype
        self.shape = shape
        self.layout = layout
        self.values = values
        sharedInput = shared
    }

    /// An input.
    static func input(
        _ dtype: DType, _ shape: Shape, _ layout: SampleLayout = .rowMajor, _ values: SampleValues
    ) -> TensorSample {
        TensorSample(dtype, shape, layout, values, nil)
    }

    /// An output with memory of its own.
    static func output(_ dtype: DType, _ shape: Shape, _ layout: SampleLayout = .rowMajor) -> TensorSample {
        TensorSample(dtype, shape, layout, nil, nil)
    }

    /// An output that overwrites an input.
    func overwritten(input: Int) -> TensorSample { TensorSample(dtype, shape, layout, nil, input) }

    var description: String { "\(dtype.name)\(shape) \(layout)" }

    /// A few elements behind the last that a kernel must leave alone.
    private static let guardCount = 5

    /// The memory as it is before the call: inputs everywhere filled with their values, also between the elements;
    /// outputs with a pattern.
    func image() -> [UInt8] {
        let placement = layout.placement(of: shape)
        var span = 1
        for axis in 0..<shape.rank { span += max(0, shape[axis] - 1) * abs(placement.strides[axis]) }
        let before = min(placement.offset, 3)
        let count = before + (shape.elementCount == 0 ? 1 : span) + TensorSample.guardCount
        guard let values else { return [UInt8](repeating: 0xA5, count: count * dtype.byteCount) }
        var bytes = [UInt8](repeating: 0, count: count * dtype.byteCount)
        bytes.withUnsafeMutableBytes { buffer in
            guard let base = buffer.baseAddress else { return }  // never empty
            for place in 0..<count { dtype.encode(values.number(at: place), to: base + place * dtype.byteCount) }
        }
        return bytes
    }

    /// The operand over memory that holds the image.
    func operand(in storage: Storage) -> Operand {
        let (offset, strides) = layout.placement(of: shape)
        return Operand(
            storage: storage, offset: offset, dtype: dtype, shape: shape, strides: strides,
            isRowMajor: strides.isRowMajor(for: shape))
    }

    /// Where each element lies in the image, in bytes, in logical row-major order.
    func places() -> [Int] {
        let (offset, strides) = layout.placement(of: shape)
        return (0..<shape.elementCount).map { element in
            var rest = element
            var place = offset
            for axis in (0..<shape.rank).reversed() {
                place += rest % shape[axis] * strides[axis]
                rest /= shape[axis]
            }
            return place * dtype.byteCount
        }
    }

    /// The coordinates of an element, for messages.
    func coordinates(of element: Int) -> [Int] {
        var rest = element
        var coordinates: [Int] = []
        for axis in (0..<shape.rank).reversed() {
            coordinates.append(rest % shape[axis])
            rest /= shape[axis]
        }
        return coordinates.reversed()
    }
}
