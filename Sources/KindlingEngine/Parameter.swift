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
///     let weight = Parameter([10, 784], .heUniform())
///
/// One of a layer that takes its input's size from its first input is made without a shape, and gets one by
/// ``build(_:dtype:draw:)``; until then its value is a `TensorError`.
public final class Parameter {
    private static let created = Atomic<Int>(0)

    /// The sizes; `[0]` until it is built.
    public private(set) var shape: Shape
    /// Whether its shape is decided.
    public private(set) var isBuilt: Bool
    /// The element type of the initial value.
    public private(set) var dtype: DType
    /// Whether it stays as it is: no gradient flows to it and optimizers leave it alone.
    public var isFrozen = false
    private var draw: @Sendable (Shape, inout RandomStream, DType, Device) -> Tensor
    /// Whether ``redraw(_:)`` said how, which holds whoever builds it later.
    private var isRedrawn = false
    /// Where the first value comes from, when that was said before there was a shape.
    private var stream: RandomStream?
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
        isBuilt = true
        number = Parameter.created.wrappingAdd(1, ordering: .relaxed).newValue
    }

    /// A parameter whose shape is decided later, by ``build(_:dtype:draw:)``.
    public init() {
        shape = [0]
        dtype = .float32
        draw = { shape, _, dtype, device in .zeros(shape, dtype: dtype, on: device) }
        isBuilt = false
        number = Parameter.created.wrappingAdd(1, ordering: .relaxed).newValue
    }

    /// Decides the shape, and how the first value is drawn; once, so that a second call changes nothing.
    ///
    /// Nothing is drawn yet: that happens when the value is first needed, from the stream of the parameter's name if
    /// `initialize(from:)` named one before.
    public func build(
        _ shape: Shape, dtype: DType = .float32,
        draw: @escaping @Sendable (Shape, inout RandomStream, DType, Device) -> Tensor
    ) {
        guard !isBuilt else { return }  // what was decided first holds
        self.shape = shape
        self.dtype = dtype
        if !isRedrawn { self.draw = draw }
        isBuilt = true
    }

    /// Changes how the first value will be drawn: for models whose weights begin otherwise than their layers' do.
    ///
    /// A value that there is already stays, and a shape is decided as before.
    public func redraw(
        _ draw: @escaping @Sendable (Shape, inout RandomStream, DType, Device) -> Tensor
    ) {
        self.draw = draw
        isRedrawn = true
    }

    /// Takes back a shape that turned out to be wrong before any value was drawn.
    package func forgetShape() {
        guard current == nil else { return }  // a value has been drawn: others may rely on it
        shape = [0]
        isBuilt = false
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
            guard isBuilt else { return .failed(notBuilt, TensorSpec(shape: shape, dtype: dtype)) }
            if let standIn { return standIn }
            if Device.current == .meta { return metaValue }
            let value = current ?? materialize(stream ?? RandomStream(seed: 0)["parameter"][number], on: .current)
            return Tensor(value, node: isFrozen ? nil : leaf)
        }
        set {
            guard isBuilt else { return ErrorScope.record(notBuilt) }
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

    /// What is used in its place while `replaced(by:_:)` runs.
    private var standIn: Tensor?

    /// Runs `body` with a tensor in the value's place: for weights that follow from others, such as normalized ones.
    ///
    /// The tensor's gradient flows to what it was computed from. It should have the parameter's shape.
    public func replaced<Result>(by tensor: Tensor, _ body: () throws -> Result) rethrows -> Result {
        let outer = standIn
        standIn = tensor
        defer { standIn = outer }
        return try body()
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
    ///
    /// One that is not built yet draws from it as soon as it is.
    public func initialize(from stream: RandomStream, on device: Device = .current) {
        guard isBuilt else {
            self.stream = stream
            return
        }
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
