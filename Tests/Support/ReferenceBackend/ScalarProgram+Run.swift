// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension ScalarProgram {
    /// Runs it for every element.
    ///
    /// Every output is computed before the first is written, as they may be inputs too.
    func run(in arithmetic: Arithmetic, from inputs: [Operand], to outputs: [Operand]) {
        let count = outputs[0].shape.elementCount
        switch arithmetic {
        case .float32, .float64:
            let results = results(inputs.map { $0.reals() }, count: count, arithmetic: arithmetic)
            for (output, numbers) in zip(outputs, results) { output.write(numbers) }
        case .int64:
            let integers = constants.map(Int64.init(truncating:))
            let results = results(inputs.map { $0.integers() }, constants: integers, count: count) {
                $0.value($1, $2, $3)
            }
            for (output, numbers) in zip(outputs, results) { output.write(numbers) }
        }
    }

    /// The outputs at real numbers.
    ///
    /// In `float32`, every register keeps what a float32 can hold.
    func results(_ inputs: [[Double]], count: Int, arithmetic: Arithmetic) -> [[Double]] {
        if arithmetic == .float64 {
            return results(inputs, constants: constants, count: count) { $0.value($1, $2, $3) }
        }
        let rounded = inputs.map { $0.map { Double(Float($0)) } }
        return results(rounded, constants: constants.map { Double(Float($0)) }, count: count) {
            Double(Float($0.value($1, $2, $3)))
        }
    }

    private func results<Number>(
        _ inputs: [[Number]], constants: [Number], count: Int,
        value: (ScalarFunction, Number, Number, Number) -> Number
    ) -> [[Number]] {
        var results = [[Number]](repeating: [], count: outputs.count)
        var registers: [Number] = []
        for element in 0..<count {
            registers.removeAll(keepingCapacity: true)
            for input in inputs { registers.append(input[element]) }
            registers.append(contentsOf: constants)
            for step in instructions {
                registers.append(
                    value(step.function, registers[Int(step.a)], registers[Int(step.b)], registers[Int(step.c)]))
            }
            for (output, register) in outputs.enumerated() { results[output].append(registers[Int(register)]) }
        }
        return results
    }
}
