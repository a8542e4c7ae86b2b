// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import Synchronization

/// A tensor that is learned.
///
/// It changes only by being given a new value.
///
/// Its first value is drawn when it is first needed, or when a `Trainer` or `initialize(seed:)` derives it from the
/// run's seed and the parameter's name, so that equal seeds give equal weights whatever was built before.
///
///     let weight = Parameter([10, 784], initializer: .kaimingUniform())
public final class Parameter {
    private static let created = Atomic<Int>(0)

    /// The sizes.
    public let shape: Shape
    /// The element type of the initial value.
    public private(set) var dtype: DType
    /// Whether it stays as it is: no gradient flows to it and optimizers leave it alone.
    public var isFrozen = false
    private let draw: @Sendable (Shape, inout RandomStream, DType, Device) -> Tensor
    private let number: Int
    private let leaf = LeafNode()
    private var current: TensorValue?

    /// A parameter whose first value `draw` gives.
    public init(
        _ shape: Shape, dtype: DType = .float32,
        draw: @escaping @Sendable (Shape, inout RandomStream, DType, Device) -> Tensor
    ) {
        self.shape = shape
        self.dtype = dtype
        self.draw = draw
        number = Parameter.created.wrappingAdd(1, ordering: .relaxed).newValue
    }

    /// A parameter that begins as a tensor.
    public convenience init(_ value: Tensor) {
        self.init(value.shape, dtype: value.dtype) { _, _, _, _ in value }
        current = value.value
    }

    /// The current value.
    ///
    /// A new one must have the same shape; its type becomes the parameter's.
    public var value: Tensor {
        get {
            if Device.current == .meta { return metaValue }
            let value = current ?? materialize(RandomStream(seed: 0)["parameter"][number], on: .current)
            return Tensor(value, node: isFrozen ? nil : leaf)
        }
        set {
            guard newValue.shape == shape else {
                ErrorScope.record(
                    TensorError(
                        .shapeMismatch, operation: "parameter",
                        "a value of shape \(newValue.shape) for a parameter of shape \(shape)"))
                return
            }
            guard !newValue.value.isPlaceholder else { return }  // the failure was noted where it happened
            current = newValue.value
            dtype = newValue.dtype
        }
    }

    /// What stands for it where only shapes count.
    ///
    /// Not kept: a checked model is not a changed one.
    private var metaValue: Tensor { .zeros(shape, dtype: dtype, on: .meta) }

    /// The gradient that backward passes have added up, or nil before the first.
    public var gradient: Tensor? {
        get { leaf.gradient }
        set { leaf.gradient = newValue }
    }

    /// The number of elements.
    public var elementCount: Int { shape.elementCount }

    /// Whether the first value has been drawn.
    public var isInitialized: Bool { current != nil }

    /// Draws the first value from a stream, unless there is one already.
    public func initialize(from stream: RandomStream, on device: Device = .current) {
        if current == nil { _ = materialize(stream, on: device) }
    }

    @discardableResult
    private func materialize(_ stream: RandomStream, on device: Device) -> TensorValue {
        var stream = stream
        let value = noGrad { draw(shape, &stream, dtype, device) }.value
        // A draw that failed was noted; it must not become the value.
        if !value.isPlaceholder { current = value }
        return value
    }

    /// Hands out the value for an update, leaving none behind, so that nothing else refers to its memory and the
    /// update can be written over it.
    func takeValue() -> TensorValue {
        let value = current ?? self.value.value
        current = nil
        return value
    }

    /// Gives the updated value back.
    func putValue(_ value: TensorValue) { current = value }
}

/// A tensor that belongs to a model but is not learned by gradients: running statistics, fitted scales.
public final class Buffer {
    private var current: Tensor

    /// The current value, given anew when it changes.
    ///
    /// How it was computed is not kept.
    public var value: Tensor {
        get { Device.current == .meta ? .zeros(current.shape, dtype: current.dtype, on: .meta) : current }
        set {
            // A failure was noted where it happened, and shapes are checked without changing a model.
            guard !newValue.value.isPlaceholder, Device.current != .meta else { return }
            current = newValue.detached()
        }
    }

    /// A buffer that begins as a tensor.
    public init(_ value: Tensor) { current = value.detached() }
}
