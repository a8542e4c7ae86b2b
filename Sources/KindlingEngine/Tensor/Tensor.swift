// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend

/// An array of numbers of any number of axes, on a device, that knows how it was computed.
///
/// A tensor never changes: every operation gives a new one. That makes it safe to share between tasks, and it lets the
/// engine record and fuse operations without anybody noticing. What does change, while training, is a ``Parameter``,
/// by being given a new tensor.
///
///     let x = Tensor([[1, 2], [3, 4]])
///     let y = (x * x).sum()              // 30, shape []
///
/// Operations whose shapes, types or devices do not fit do not throw and do not trap: they note a ``TensorError`` in
/// the surrounding ``withTensorErrors(_:)``, `gradient` or `Trainer`, which throws it.
public struct Tensor: Sendable {
    let value: TensorValue
    /// How it was computed, when a gradient flows through it.
    let node: Node?

    init(_ value: TensorValue, node: Node? = nil) {
        self.value = value
        self.node = node
    }

    /// The sizes along the axes, outermost first.
    public var shape: Shape { value.shape }
    /// The number of axes.
    public var rank: Int { value.shape.rank }
    /// The element type.
    public var dtype: DType { value.dtype }
    /// Where it lives.
    public var device: Device { Device(value.backend) }
    /// The number of elements.
    public var elementCount: Int { value.shape.elementCount }
    /// Shape and type.
    public var spec: TensorSpec { TensorSpec(shape: shape, dtype: dtype) }
    /// Whether a gradient flows through it.
    public var requiresGradient: Bool { node != nil }

    /// The same elements, from which no gradient flows back.
    public func detached() -> Tensor { Tensor(value) }
}

extension Tensor: CustomStringConvertible {
    /// Type, shape and, for small tensors on a device that holds them, the elements.
    public var description: String {
        guard elementCount <= 64, let elements = try? texts() else {
            // A description must not fail: where elements cannot be read, type and shape are all there is to say.
            return "Tensor(\(spec))"
        }
        return "Tensor(\(spec): \(nested(elements[...], shape.dimensions[...])))"
    }

    private func texts() throws(TensorError) -> [String] {
        switch dtype {
        case .float64: try array(of: Double.self).map(\.description)
        case .float32, .float16, .bfloat16: try array(of: Float.self).map(\.description)
        case .int32, .int64, .uint8: try array(of: Int64.self).map(\.description)
        case .bool: try array(of: Bool.self).map(\.description)
        }
    }

    private func nested(_ elements: ArraySlice<String>, _ sizes: ArraySlice<Int>) -> String {
        guard let size = sizes.first else { return elements.first ?? "" }
        guard size > 0 else { return "[]" }
        let part = elements.count / size
        let items = (0..<size).map { index in
            let start = elements.startIndex + index * part
            return nested(elements[start..<start + part], sizes.dropFirst())
        }
        return "[\(items.joined(separator: ", "))]"
    }
}
