// SPDX-License-Identifier: Apache-2.0
internal import COpenCL
internal import KindlingBackend

extension OpenCLBackend {
    /// Queues a program as one generated kernel: an item an element, all inputs read before any output is written.
    ///
    /// Constants are arguments of the kernel, so that a program whose numbers change is compiled once.
    func elementwise(
        _ program: ScalarProgram, _ arithmetic: Arithmetic, _ inputs: Span<Operand>, _ outputs: Span<Operand>,
        named operation: String
    ) throws(TensorError) {
        var operands: [Operand] = []
        for index in outputs.indices { operands.append(outputs[index]) }
        for index in inputs.indices { operands.append(inputs[index]) }
        try elementwise(program, arithmetic, operands, operation)
    }

    /// As above; `operands` are the outputs, then the inputs.
    func elementwise(
        _ program: ScalarProgram, _ arithmetic: Arithmetic, _ operands: [Operand], _ operation: String
    ) throws(TensorError) {
        let plan = IterationPlan(operands[0].shape, operands.map(\.strides))
        guard plan.count > 0 else { return }  // No elements, no work.
        let isWide = ScalarSource.needsFloat64(program, arithmetic)
        try requireFloat64(operands.map(\.dtype), isWide ? .float64 : arithmetic, operation)
        let layout = ElementwiseLayout(plan, operands, program.outputs.count)
        guard layout.parameterBytes(program) <= device.maximumParameterBytes else {
            return try elementwiseFromCopies(program, arithmetic, operands, operation)
        }
        let kernel = try programs.kernel(layout.key(program, arithmetic), for: operation) {
            ElementwiseSource(program: program, arithmetic: arithmetic, layout: layout).text
        }
        let arguments = layout.arguments + program.constants.map { KernelArgument.number($0, arithmetic) }
        try launch(kernel, arguments, over: .line(plan.count, group: lineGroup), for: operation)
    }

    /// Brings inputs with steps of their own into the outputs' order first, because all their steps together are more
    /// than a kernel's arguments may take on this device.
    private func elementwiseFromCopies(
        _ program: ScalarProgram, _ arithmetic: Arithmetic, _ operands: [Operand], _ operation: String
    ) throws(TensorError) {
        let output = operands[0]
        var (dense, kept): ([Operand], [Storage]) = ([], [])
        for (index, operand) in operands.enumerated() {
            guard index >= program.outputs.count, operand.strides != output.strides else {
                dense.append(operand)
                continue
            }
            let storage = try scratch(operand.dtype, operand.shape)
            kept.append(storage)
            let copied = Operand(
                storage: storage, offset: 0, dtype: operand.dtype, shape: operand.shape, strides: output.strides,
                isRowMajor: output.isRowMajor)
            try copy(operand, copied)
            dense.append(copied)
        }
        guard !kept.isEmpty else { internalFault("a kernel of dense operands alone has too many arguments") }
        try elementwise(program, arithmetic, dense, operation)
        withExtendedLifetime(kept) {}
    }

    /// Items in a group where each does one element.
    var lineGroup: Int { min(256, device.maximumGroupSize) }

    /// Refuses double precision on a device whose compiler has none.
    func requireFloat64(_ dtypes: [DType], _ arithmetic: Arithmetic, _ operation: String) throws(TensorError) {
        guard arithmetic == .float64 || dtypes.contains(.float64), !supports(.float64) else { return }
        throw TensorError(
            .unsupported, operation: operation, "\(device.name) has no double precision",
            remedy: "use float32, or run on the device 'cpu'")
    }
}

/// Where an elementwise kernel's operands lie, apart from what they are used for.
struct ElementwiseLayout {
    let plan: IterationPlan
    let operands: [Operand]
    let outputCount: Int

    init(_ plan: IterationPlan, _ operands: [Operand], _ outputCount: Int) {
        self.plan = plan
        self.operands = operands
        self.outputCount = outputCount
    }

    /// Whether any operand needs the place of an element along each axis.
    var isStrided: Bool { plan.access.contains(.strided) }

    /// The arguments before the constants: count; sizes but the slowest; buffer, offset and steps of each operand.
    var arguments: [KernelArgument] {
        var arguments = [index(plan.count)]
        if isStrided { arguments += plan.sizes.dropFirst().map(index) }
        for (number, operand) in operands.enumerated() {
            arguments += [.buffer(operand.storage), .long(Int64(operand.offset))]
            if plan.access[number] == .strided { arguments += plan.strides[number].map(index) }
        }
        return arguments
    }

    func parameterBytes(_ program: ScalarProgram) -> Int {
        let strided = plan.access.count { $0 == .strided }
        return 8 * (1 + plan.sizes.count * (strided + 1) + operands.count * 2 + program.constants.count)
    }

    func key(_ program: ScalarProgram, _ arithmetic: Arithmetic) -> KernelKey {
        var key = KernelKey(.elementwise)
        key.add(arithmetic.rawValue)
        key.add(plan.fitsInt32)
        key.add(isStrided ? plan.sizes.count : 0)
        key.add(outputCount)
        key.add(program.constants.count)
        key.add(operands.count)
        for (operand, access) in zip(operands, plan.access) {
            key.add(operand.dtype)
            key.add(access.rawValue)
        }
        for register in program.outputs { key.add(register) }
        for instruction in program.instructions { key.add(instruction) }
        return key
    }

    private func index(_ value: Int) -> KernelArgument { plan.fitsInt32 ? .int(Int32(value)) : .long(Int64(value)) }
}
