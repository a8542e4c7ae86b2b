// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend

/// Gives parameters and an optimizer's state their next values, all in one pass.
///
/// Memory that nothing else refers to is written over; where somebody still holds the old value, it stays as it is.
public struct OptimizerUpdate {
    private let parameters: [Parameter]
    private let slotCount: Int
    /// The state: for each parameter in turn, its slots.
    private var slots: [TensorValue]

    /// State of zeros for parameters.
    public init(parameters: [Parameter], slotCount: Int) throws(TensorError) {
        self.parameters = parameters
        self.slotCount = slotCount
        slots = []
        for parameter in parameters {
            guard parameter.isBuilt else { throw notBuilt }
            let value = parameter.value
            for _ in 0..<slotCount {
                let slot = try TensorValue.allocate(value.spec, on: value.device.backend)
                try slot.fill(0)
                slots.append(slot)
            }
        }
    }

    /// The state of one parameter, and giving it back after a resume.
    public subscript(parameter: Int, slot: Int) -> Tensor {
        get { Tensor(slots[parameter * slotCount + slot]) }
        set { slots[parameter * slotCount + slot] = newValue.value }
    }

    /// Applies a rule to every parameter that has a gradient and is not frozen.
    /// - Returns: How many parameters changed.
    /// - Throws: `TensorError` when the device fails; parameters then keep their values.
    @discardableResult
    public mutating func apply(_ rule: OptimizerStep.Rule, gradientScale: Double) throws(TensorError) -> Int {
        let chosen = parameters.indices.filter { parameters[$0].gradient != nil && !parameters[$0].isFrozen }
        guard let first = chosen.first else { return 0 }
        let backend = parameters[first].value.device.backend
        var before: [TensorValue] = []
        var after: [TensorValue] = []
        var gradients: [TensorValue] = []
        var inputs: [Operand] = []
        var outputs: [Operand] = []
        inputs.reserveCapacity(chosen.count * (2 + slotCount))
        outputs.reserveCapacity(chosen.count * (1 + slotCount))
        do throws(TensorError) {
            for index in chosen {
                guard let gradient = parameters[index].gradient else { continue }
                let gradientValue = try gradient.value.rowMajor()
                gradients.append(gradientValue)
                // The parameter lets go of its value, so that a count of one means that nobody else holds it.
                var value = parameters[index].takeValue()
                let target: TensorValue
                do throws(TensorError) {
                    if value.layout != .rowMajor { value = try value.rowMajor() }
                    target = try place(for: &value)
                } catch {
                    parameters[index].putValue(value)
                    throw error
                }
                before.append(value)
                after.append(target)
                inputs.append(value.operand)
                inputs.append(gradientValue.operand)
                outputs.append(target.operand)
                for slot in index * slotCount..<(index + 1) * slotCount {
                    let target = try place(for: &slots[slot])
                    inputs.append(slots[slot].operand)
                    outputs.append(target.operand)
                    if target !== slots[slot] {
                        gradients.append(slots[slot])  // The old state stays alive until the kernel has read it.
                        slots[slot] = target
                    }
                }
            }
            try backend.execute(
                .optimizerStep(
                    OptimizerStep(rule, count: chosen.count, slots: slotCount, gradientScale: gradientScale)),
                inputs: inputs.span, outputs: outputs.span)
        } catch {
            for (index, value) in zip(chosen, before) { parameters[index].putValue(value) }
            throw error
        }
        for (index, value) in zip(chosen, after) { parameters[index].putValue(value) }
        withExtendedLifetime((before, gradients)) {}
        return chosen.count
    }

    /// Where a new value goes: over the old one where nobody else can see it, else into new memory.
    private func place(for value: inout TensorValue) throws(TensorError) -> TensorValue {
        if isKnownUniquelyReferenced(&value), value.ownsStorageAlone(), value.layout == .rowMajor { return value }
        return try TensorValue.allocate(
            TensorSpec(shape: value.shape, dtype: value.dtype), on: value.backend)
    }
}
