// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend

/// The one door: every operation passes here.
///
/// It infers the shape, hands the request to the inputs' backend and records how the result came about. Whatever
/// watches or changes operations hangs here and nowhere else.
func dispatch<O: Op>(_ op: O, _ inputs: [Tensor]) -> Tensor { dispatchAll(op, inputs).result }

/// As ``dispatch(_:_:)``, with the further results, through which no gradient flows.
func dispatchAll<O: Op>(_ op: O, _ inputs: [Tensor]) -> (result: Tensor, auxiliaries: [Tensor]) {
    // One look says that nobody watches or changes operations.
    Watchers.isAny ? dispatchWatched(op, inputs) : perform(op, inputs, watched: false, nil)
}

/// Under a precision policy, anomaly detection or a profile.
private func dispatchWatched<O: Op>(_ op: O, _ given: [Tensor]) -> (result: Tensor, auxiliaries: [Tensor]) {
    let profile = OperationProfile.active
    profile?.begin(.operation, op.name)
    defer { profile?.end() }
    let inputs = PrecisionScope.isActive ? PrecisionScope.prepared(given, for: op.name) : given
    return perform(op, inputs, watched: true, profile)
}

/// What the door does.
/// - Parameter watched: Whether anybody may be looking for anomalies.
private func perform<O: Op>(
    _ op: O, _ inputs: [Tensor], watched: Bool, _ profile: OperationProfile?
) -> (result: Tensor, auxiliaries: [Tensor]) {
    do throws(TensorError) {
        let spec = try op.output(inputs)
        // The shape of a tensor that there is has been checked.
        if spec.shape != inputs[0].shape { try check(spec, op.name) }
        let backend = try commonBackend(inputs, op.name)
        let auxiliarySpecs = op.auxiliaries(inputs)
        guard let backend else {
            return (Tensor(.placeholder(spec)), auxiliarySpecs.map { Tensor(.placeholder($0)) })
        }
        let request = op.request(inputs)
        if backend === MetaBackend.shared { WorkCount.note(request, inputs, spec) }
        let layout = outputLayout(request, inputs, spec, backend)
        let result = try TensorValue.allocate(spec, on: backend, layout)
        var auxiliaries: [Tensor] = []
        for auxiliary in auxiliarySpecs {
            // What accompanies a picture in channels-last order lies in that order too.
            let same = auxiliary.shape == spec.shape ? layout : .rowMajor
            auxiliaries.append(Tensor(try TensorValue.allocate(auxiliary, on: backend, same)))
        }
        if spec.shape.elementCount > 0 || !auxiliaries.isEmpty {
            try execute(op, request, inputs, spec, result, auxiliaries, on: backend)
        }
        if watched {
            profile?.note(ProfileWork(request, inputs, result, auxiliaries), on: backend)
            if AnomalyDetection.isActive { try AnomalyDetection.check(op.name, inputs, result) }
        }
        // Whole numbers and truth values have no gradient: recording them would only keep memory alive.
        guard spec.dtype.isFloatingPoint, inputs.contains(where: { $0.node != nil }), GradientMode.isRecording
        else { return (Tensor(result), auxiliaries) }
        return (Tensor(result, node: OpNode(op, inputs, result, auxiliaries)), auxiliaries)
    } catch {
        // What follows from the placeholder of an operation that failed has been noted already.
        if !inputs.contains(where: { $0.value.isPlaceholder }) { ErrorScope.record(error) }
        // A shape that cannot be must not stand in: whoever multiplies its sizes would overflow.
        let expected = try? op.output(inputs)
        guard let expected, expected.shape.isValid else {
            return (Tensor(.placeholder(TensorSpec(shape: [], dtype: expected?.dtype ?? .float32))), [])
        }
        return (Tensor(.placeholder(expected)), op.auxiliaries(inputs).map { Tensor(.placeholder($0)) })
    }
}

private func execute<O: Op>(
    _ op: O, _ request: KernelRequest, _ inputs: [Tensor], _ spec: TensorSpec, _ result: TensorValue,
    _ auxiliaries: [Tensor], on backend: any Backend
) throws(TensorError) {
    if op.isComposed { return try op.execute(inputs, into: result) }
    // Most operations have one or two inputs and one output: those need no array.
    if auxiliaries.isEmpty {
        let outputs: InlineArray<1, Operand> = [result.operand]
        switch inputs.count {
        case 1:
            let first = try op.prepared(inputs[0].value, 0, spec)
            let operands: InlineArray<1, Operand> = [first.operand]
            try backend.execute(request, inputs: operands.span, outputs: outputs.span)
            withExtendedLifetime(first) {}
            return
        case 2:
            let first = try op.prepared(inputs[0].value, 0, spec)
            let second = try op.prepared(inputs[1].value, 1, spec)
            let operands: InlineArray<2, Operand> = [first.operand, second.operand]
            try backend.execute(request, inputs: operands.span, outputs: outputs.span)
            withExtendedLifetime(first) {}
            withExtendedLifetime(second) {}
            return
        default: break
        }
    }
    var values: [TensorValue] = []
    for index in inputs.indices { values.append(try op.prepared(inputs[index].value, index, spec)) }
    let operands = values.map(\.operand)
    let outputs = [result.operand] + auxiliaries.map(\.value.operand)
    try backend.execute(request, inputs: operands.span, outputs: outputs.span)
    withExtendedLifetime(values) {}
}

/// Elementwise results lie as their inputs do, so that channels-last pictures stay so; the rest is the backend's choice.
private func outputLayout(
    _ request: KernelRequest, _ inputs: [Tensor], _ spec: TensorSpec, _ backend: any Backend
) -> TensorValue.Layout {
    switch request {
    case .pooling:
        // Places of largest elements come last: the gradient lies as they do.
        return inputs.last?.value.layout == .channelsLast ? .channelsLast : .rowMajor
    case .elementwise:
        for index in inputs.indices {
            let value = inputs[index].value
            if value.layout == .channelsLast, value.shape.rank == spec.shape.rank { return .channelsLast }
        }
        return .rowMajor
    case .normalization(let normalization):
        // The order of what is normalized, behind the gradient that comes from above.
        return inputs[normalization.backward ? 1 : 0].value.layout == .channelsLast ? .channelsLast : .rowMajor
    case .convolution(let convolution) where convolution.direction != .weightGradient:
        return backend.preferredLayout(for: request, output: spec.shape) == .channelsLast ? .channelsLast : .rowMajor
    default: return .rowMajor
    }
}

func dispatch<O: ViewOp>(_ op: O, _ input: Tensor) -> Tensor {
    do throws(TensorError) {
        let profile = OperationProfile.active
        profile?.begin(.view, op.name)
        defer { profile?.end() }
        let value: TensorValue
        if let view = try op.view(input.value) {
            value = view
        } else if input.value.isPlaceholder {
            return input
        } else if let view = try op.view(try input.value.copied(to: .rowMajor)) {
            value = view
        } else {
            internalFault("\(op.name) gave no view of a row-major tensor")
        }
        guard let source = input.node, GradientMode.isRecording else { return Tensor(value) }
        return Tensor(value, node: ViewNode(op, input.shape, source))
    } catch {
        ErrorScope.record(error)
        return Tensor(.placeholder(input.spec))
    }
}

/// Refuses shapes that cannot be.
func check(_ spec: TensorSpec, _ operation: String) throws(TensorError) {
    guard !spec.shape.isValid else { return }
    if spec.shape.rank > Shape.maximumRank {
        throw TensorError(
            .shapeMismatch, operation: operation,
            "a tensor of \(spec.shape.rank) axes is more than the \(Shape.maximumRank) that are supported")
    }
    throw TensorError(
        .shapeMismatch, operation: operation, "\(spec.shape) is not a shape: sizes must be 0 or more and countable",
        remedy: "if it came from rows of numbers, give every row the same length")
}

/// The backend of all inputs, or nil when one of them is the result of an operation that failed before.
private func commonBackend(_ inputs: [Tensor], _ operation: String) throws(TensorError) -> (any Backend)? {
    guard let first = inputs.first else { internalFault("\(operation) was dispatched without inputs") }
    let backend = first.value.backend
    for index in inputs.indices {
        let input = inputs[index]
        if input.value.isPlaceholder { return nil }
        guard input.value.backend === backend else {
            throw TensorError(
                .deviceMismatch, operation: operation,
                "tensors on \(backend.name) and \(input.value.backend.name) cannot be combined",
                remedy: "move one of them with copied(to:)")
        }
    }
    return backend
}

extension Tensor {
    /// A tensor made from nothing but a description: checks the shape and notes what fails.
    static func make(
        operation: String, _ spec: TensorSpec, _ body: (TensorSpec) throws(TensorError) -> TensorValue
    ) -> Tensor {
        let profile = OperationProfile.active
        profile?.begin(.creation, operation)
        defer { profile?.end() }
        do throws(TensorError) {
            try check(spec, operation)
            let value = try body(spec)
            profile?.note(ProfileWork([value.operand]), on: value.backend)
            return Tensor(value)
        } catch {
            ErrorScope.record(error)
            return Tensor(.placeholder(spec.shape.isValid ? spec : TensorSpec(shape: [], dtype: spec.dtype)))
        }
    }

    /// Notes a mistake found before any operation runs, and gives what stands in for the result.
    ///
    /// What layers answer with whose arguments or inputs cannot be right. The mistake is thrown by the surrounding
    /// ``withTensorErrors(_:)``; operations on the placeholder do nothing.
    public static func failed(_ error: TensorError, _ spec: TensorSpec) -> Tensor {
        ErrorScope.record(error)
        return Tensor(.placeholder(spec.shape.isValid ? spec : TensorSpec(shape: [], dtype: spec.dtype)))
    }

    /// Whether it stands in for the result of an operation that failed, and whose mistake has been noted.
    public var isPlaceholder: Bool { value.isPlaceholder }
}

extension Tensor {
    /// The result of `body` where two tensors have one shape; else the mistake is noted.
    public func requiring(shapeOf other: Tensor, _ operation: String, _ body: () -> Tensor) -> Tensor {
        guard shape == other.shape else {
            return .failed(
                TensorError(
                    .shapeMismatch, operation: operation, "shapes \(shape) and \(other.shape) must be equal",
                    remedy: "reshape one of them"), TensorSpec(shape: [], dtype: dtype))
        }
        return body()
    }
}
