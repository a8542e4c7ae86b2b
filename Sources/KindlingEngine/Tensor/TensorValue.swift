// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend

/// A tensor's elements: where they lie and how to step through them.
///
/// Never changes once an operation has filled it.
///
/// `@unchecked` because asking whether the memory has another user needs a `var`; it is never given a new value.
final class TensorValue: @unchecked Sendable {
    /// The order in which elements lie in memory.
    enum Layout: Sendable { case rowMajor, channelsLast, strided }

    /// Unchecked because no one ever writes to it: it is a variable only so that its count can be asked for.
    @exclusivity(unchecked)
    private(set) var storage: Storage
    /// As kernels see it, put together once.
    let operand: Operand
    let layout: Layout
    /// Whether it stands in for the result of an operation that failed.
    let isPlaceholder: Bool

    init(
        storage: Storage, offset: Int, dtype: DType, shape: Shape, strides: Strides, layout: Layout,
        isPlaceholder: Bool = false
    ) {
        self.storage = storage
        self.layout = layout
        operand = Operand(
            storage: storage, offset: offset, dtype: dtype, shape: shape, strides: strides,
            isRowMajor: layout == .rowMajor)
        self.isPlaceholder = isPlaceholder
    }

    /// New memory for so many elements, its contents undefined.
    static func allocate(_ spec: TensorSpec, on backend: any Backend, _ layout: Layout = .rowMajor) throws(TensorError)
        -> TensorValue
    {
        let storage = try backend.allocate(byteCount: spec.shape.elementCount * spec.dtype.byteCount)
        let strides =
            layout == .channelsLast ? Strides(channelsLast: spec.shape) : Strides(rowMajor: spec.shape)
        return TensorValue(
            storage: storage, offset: 0, dtype: spec.dtype, shape: spec.shape, strides: strides, layout: layout)
    }

    /// What stands in for the result of an operation that failed: a shape without elements.
    static func placeholder(_ spec: TensorSpec) -> TensorValue {
        TensorValue(
            storage: MetaBackend.failed.allocate(byteCount: 0), offset: 0, dtype: spec.dtype, shape: spec.shape,
            strides: Strides(rowMajor: spec.shape), layout: .rowMajor, isPlaceholder: true)
    }

    /// The same memory seen otherwise.
    func view(shape: Shape, strides: Strides, offset: Int? = nil) -> TensorValue {
        let layout: Layout =
            strides.isRowMajor(for: shape) ? .rowMajor : strides.isChannelsLast(for: shape) ? .channelsLast : .strided
        return TensorValue(
            storage: storage, offset: offset ?? self.offset, dtype: dtype, shape: shape, strides: strides,
            layout: layout, isPlaceholder: isPlaceholder)
    }

    var backend: any Backend { storage.backend }

    /// Whether nothing else refers to the memory.
    ///
    /// Only meaningful to who holds the only reference to this value.
    func ownsStorageAlone() -> Bool { isKnownUniquelyReferenced(&storage) }

    var offset: Int { operand.offset }
    var dtype: DType { operand.dtype }
    var shape: Shape { operand.shape }
    var strides: Strides { operand.strides }

    /// The same elements in row-major order: itself where they lie so already.
    func rowMajor() throws(TensorError) -> TensorValue {
        layout == .rowMajor ? self : try copied(to: .rowMajor)
    }

    /// A copy in another order or type.
    func copied(to layout: Layout, dtype: DType? = nil) throws(TensorError) -> TensorValue {
        let result = try TensorValue.allocate(
            TensorSpec(shape: shape, dtype: dtype ?? self.dtype), on: backend, layout)
        let profile = OperationProfile.active
        profile?.begin(.copy, "copy")
        defer { profile?.end() }
        if shape.elementCount > 0 { try backend.run(.copy, self, into: result) }
        profile?.note(ProfileWork([operand, result.operand]), on: backend)
        return result
    }
}

extension Backend {
    /// Runs a request of one input and one output.
    func run(_ request: KernelRequest, _ input: TensorValue, into output: TensorValue) throws(TensorError) {
        let inputs: InlineArray<1, Operand> = [input.operand]
        let outputs: InlineArray<1, Operand> = [output.operand]
        try execute(request, inputs: inputs.span, outputs: outputs.span)
        withExtendedLifetime(input) {}
        withExtendedLifetime(output) {}
    }
}

/// What a shape rule says of a result.
public struct TensorSpec: Sendable, Hashable, CustomStringConvertible {
    /// The sizes.
    public var shape: Shape
    /// The element type.
    public var dtype: DType

    /// Puts sizes and type together.
    public init(shape: Shape, dtype: DType) {
        self.shape = shape
        self.dtype = dtype
    }

    /// `float32 [64, 10]`.
    public var description: String { "\(dtype.name) \(shape)" }
}

extension TensorValue {
    /// The same elements seen in a larger shape that they broadcast to: repeated along axes of step 0.
    func expanded(to wanted: Shape) -> TensorValue {
        var steps = Strides()
        let missing = wanted.rank - shape.rank
        for axis in 0..<shape.rank where shape[axis] == wanted[axis + missing] && shape[axis] != 1 {
            steps[axis + missing] = strides[axis]
        }
        return view(shape: wanted, strides: steps)
    }
}

extension TensorValue {
    /// Writes one number everywhere.
    ///
    /// For an operation that is filling its own output.
    func fill(_ number: Double) throws(TensorError) {
        guard shape.elementCount > 0 else { return }
        let outputs: InlineArray<1, Operand> = [operand]
        let inputs = InlineArray<0, Operand> { _ in operand }
        try backend.execute(
            .elementwise(ScalarProgram(constant: number), dtype.arithmetic), inputs: inputs.span, outputs: outputs.span)
    }

    /// Copies a tensor into a stretch along one axis.
    ///
    /// For an operation that is filling its own output.
    func copy(_ source: TensorValue, into range: Range<Int>, along axis: Int) throws(TensorError) {
        guard source.shape.elementCount > 0, !backend.isShapeOnly else { return }
        let place = view(
            shape: source.shape, strides: strides, offset: offset + range.lowerBound * strides[axis])
        try backend.run(.copy, source, into: place)
    }
}

extension Backend {
    /// Whether tensors on it have no elements.
    var isShapeOnly: Bool { self is MetaBackend }
}
