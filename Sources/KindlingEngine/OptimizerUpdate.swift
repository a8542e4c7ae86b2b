// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend

/// Gives parameters and an optimizer's state their next values, many in one pass.
///
/// Memory that nothing else refers to is written over; where somebody still holds the old value, it stays as it is.
public struct OptimizerUpdate {
    private let parameters: [Parameter]
    /// The state: for each parameter, its slots.
    private var slots: [[TensorValue]]

    /// Parameters with the state that each begins with.
    /// - Throws: `TensorError` when there is no memory for it.
    public init(parameters: [Parameter], state: [[Tensor]]) throws(TensorError) {
        for parameter in parameters where !parameter.isBuilt { throw notBuilt }
        self.parameters = parameters
        slots = []
        for tensors in state {
            var values: [TensorValue] = []
            for tensor in tensors { values.append(try tensor.value.rowMajor()) }
            slots.append(values)
        }
    }

    /// Parameters with so many slots of zeros each, of their own shapes.
    /// - Throws: `TensorError` when there is no memory for them.
    public init(parameters: [Parameter], slotCount: Int) throws(TensorError) {
        var state: [[Tensor]] = []
        for parameter in parameters {
            guard parameter.isBuilt else { throw notBuilt }
            let value = parameter.value
            var zeros: [Tensor] = []
            for _ in 0..<slotCount {
                let slot = try TensorValue.allocate(value.spec, on: value.device.backend)
                try slot.fill(0)
                zeros.append(Tensor(slot))
            }
            state.append(zeros)
        }
        try self.init(parameters: parameters, state: state)
    }

    /// The state of one parameter, and giving it back after a resume.
    public subscript(parameter: Int, slot: Int) -> Tensor {
        get { Tensor(slots[parameter][slot]) }
        set { slots[parameter][slot] = newValue.value }
    }

    /// Those of some parameters that have a gradient and are not frozen.
    public func ready(_ indices: [Int]) -> [Int] {
        indices.filter { parameters[$0].gradient != nil && !parameters[$0].isFrozen }
    }

    /// Applies a rule with all its slots to every parameter that has a gradient and is not frozen.
    /// - Returns: How many parameters changed.
    /// - Throws: `TensorError` when the device fails; parameters then keep their values.
    @discardableResult
    public mutating func apply(_ rule: OptimizerStep.Rule, gradientScale: Double) throws(TensorError) -> Int {
        try apply(
            rule, to: Array(parameters.indices), slots: 0..<(slots.first?.count ?? 0), gradientScale: gradientScale)
    }

    /// Applies a rule to some of the parameters: to those that have a gradient and are not frozen.
    /// - Parameters:
    ///   - rule: What is computed.
    ///   - indices: Which parameters.
    ///   - slotRange: Which of their slots the rule reads and writes.
    ///   - gradientScale: What gradients are multiplied with first.
    ///   - directions: What stands for the gradients of some parameters: tensors of their shapes, on their device.
    /// - Returns: How many parameters changed.
    /// - Throws: `TensorError` when the device fails, and for a direction of another shape; parameters then keep their
    ///   values.
    @discardableResult
    public mutating func apply(
        _ rule: OptimizerStep.Rule, to indices: [Int], slots slotRange: Range<Int>, gradientScale: Double,
        directions: [Int: Tensor] = [:]
    ) throws(TensorError) -> Int {
        for (index, direction) in directions where direction.shape != parameters[index].shape {
            throw TensorError(
                .shapeMismatch, operation: "optimizer",
                "a direction of shape \(direction.shape) for a parameter of shape \(parameters[index].shape)")
        }
        let chosen = ready(indices)
        guard let first = chosen.first else { return 0 }
        let backend = parameters[first].value.device.backend
        var before: [TensorValue] = []
        var after: [TensorValue] = []
        var held: [TensorValue] = []
        var inputs: [Operand] = []
        var outputs: [Operand] = []
        inputs.reserveCapacity(chosen.count * (2 + slotRange.count))
        outputs.reserveCapacity(chosen.count * (1 + slotRange.count))
        do throws(TensorError) {
            for index in chosen {
                guard let gradient = directions[index] ?? parameters[index].gradient else { continue }
                let gradientValue = try gradient.value.rowMajor()
                held.append(gradientValue)
                // The parameter lets go of its value, so that a count of one means that nobody else holds it.
                var value = parameters[index].takeValue()
                let target: TensorValue
                do throws(TensorError) {
                    if value.layout != .rowMajor { value = try value.rowMajor() }
                    target = try OptimizerUpdate.place(for: &value)
                } catch {
                    parameters[index].putValue(value)
                    throw error
                }
                before.append(value)
                after.append(target)
                inputs.append(value.operand)
                inputs.append(gradientValue.operand)
                outputs.append(target.operand)
                for slot in slotRange {
                    let target = try OptimizerUpdate.place(for: &slots[index][slot])
                    inputs.append(slots[index][slot].operand)
                    outputs.append(target.operand)
                    if target !== slots[index][slot] {
                        held.append(slots[index][slot])  // The old state stays alive until the kernel has read it.
                        slots[index][slot] = target
                    }
                }
            }
            let profile = OperationProfile.active
            profile?.begin(.operation, rule.name, pass: .optimizer)
            defer { profile?.end() }
            try backend.execute(
                .optimizerStep(
                    OptimizerStep(rule, count: chosen.count, slots: slotRange.count, gradientScale: gradientScale)),
                inputs: inputs.span, outputs: outputs.span)
            profile?.note(ProfileWork(inputs + outputs), on: backend)
        } catch {
            for (index, value) in zip(chosen, before) { parameters[index].putValue(value) }
            throw error
        }
        for (index, value) in zip(chosen, after) { parameters[index].putValue(value) }
        withExtendedLifetime((before, held)) {}
        return chosen.count
    }

    /// Where a new value goes: over the old one where nobody else can see it, else into new memory.
    private static func place(for value: inout TensorValue) throws(TensorError) -> TensorValue {
        if isKnownUniquelyReferenced(&value), value.ownsStorageAlone(), value.layout == .rowMajor { return value }
        return try TensorValue.allocate(
            TensorSpec(shape: value.shape, dtype: value.dtype), on: value.backend)
    }
}

extension OptimizerStep.Rule {
    /// The case's name, for profiles: `adam`.
    fileprivate var name: String { String("\(self)".prefix { $0 != "(" }) }
}
