// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend

/// A tensor that belongs to a model but is not learned by gradients: running statistics, fitted scales.
public final class Buffer {
    private var current: Tensor?
    private var spec: TensorSpec
    private var fill = 0.0
    /// Whether its shape is decided.
    public private(set) var isBuilt: Bool

    /// The current value, given anew when it changes.
    ///
    /// How it was computed is not kept.
    public var value: Tensor {
        get {
            guard isBuilt else { return .failed(notBuilt, spec) }
            if Device.current == .meta { return .zeros(spec.shape, dtype: spec.dtype, on: .meta) }
            if let current { return current }
            let first = noGrad { Tensor.full(spec.shape, fill, dtype: spec.dtype) }
            current = first.isPlaceholder ? nil : first
            return first
        }
        set {
            // A failure was noted where it happened, and shapes are checked without changing a model.
            guard !newValue.isPlaceholder, Device.current != .meta else { return }
            current = newValue.detached()
            spec = newValue.spec
            isBuilt = true
        }
    }

    /// The sizes; `[0]` until it is built.
    public var shape: Shape { spec.shape }

    /// The element type.
    public var dtype: DType { spec.dtype }

    /// A buffer that begins as a tensor.
    public init(_ value: Tensor) {
        current = value.detached()
        spec = value.spec
        isBuilt = true
    }

    /// A buffer whose shape is decided later, by ``build(_:filledWith:dtype:)`` or by its first value.
    public init() {
        spec = TensorSpec(shape: [0], dtype: .float32)
        isBuilt = false
    }

    /// Decides shape and first value; once, so that a second call changes nothing.
    public func build(_ shape: Shape, filledWith number: Double = 0, dtype: DType = .float32) {
        guard !isBuilt else { return }  // what was decided first holds
        spec = TensorSpec(shape: shape, dtype: dtype)
        fill = number
        isBuilt = true
    }

    /// Takes back a shape that turned out to be wrong before it had a value.
    package func forgetShape() {
        guard current == nil else { return }  // a value has been given: others may rely on it
        spec = TensorSpec(shape: [0], dtype: .float32)
        isBuilt = false
    }
}
