// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// Writes a scalar program as an expression.
///
/// Equal parts are computed once, and parts that nothing uses are left out.
struct ProgramBuilder {
    /// A number in the expression.
    struct Value: Hashable { let index: Int }

    enum Entry: Hashable {
        case input(Int)
        /// A constant that each call gives anew.
        case parameter(Int)
        case constant(Double)
        case apply(ScalarFunction, Value, Value, Value)
    }

    private(set) var entries: [Entry] = []
    private var known: [Entry: Value] = [:]

    private mutating func intern(_ entry: Entry) -> Value {
        if let value = known[entry] { return value }
        let value = Value(index: entries.count)
        entries.append(entry)
        known[entry] = value
        return value
    }

    mutating func input(_ index: Int) -> Value { intern(.input(index)) }
    mutating func parameter(_ index: Int) -> Value { intern(.parameter(index)) }
    mutating func constant(_ number: Double) -> Value { intern(.constant(number)) }
    func entry(_ value: Value) -> Entry { entries[value.index] }
    func isConstant(_ value: Value, _ number: Double) -> Bool { entries[value.index] == .constant(number) }

    mutating func apply(_ function: ScalarFunction, _ a: Value) -> Value { intern(.apply(function, a, a, a)) }

    mutating func apply(_ function: ScalarFunction, _ a: Value, _ b: Value) -> Value {
        switch function {
        case .multiply:
            if isConstant(a, 1) { return b }
            if isConstant(b, 1) { return a }
            if isConstant(a, 0) || isConstant(b, 0) { return constant(0) }
        case .add:
            if isConstant(a, 0) { return b }
            if isConstant(b, 0) { return a }
        case .subtract where isConstant(b, 0): return a
        case .divide where isConstant(a, 0): return a
        case .divide where isConstant(b, 1): return a
        default: break
        }
        return intern(.apply(function, a, b, b))
    }

    mutating func apply(_ function: ScalarFunction, _ a: Value, _ b: Value, _ c: Value) -> Value {
        if function == .select, b == c { return b }
        return intern(.apply(function, a, b, c))
    }

    mutating func negate(_ a: Value) -> Value { isConstant(a, 0) ? a : apply(.negate, a) }
    mutating func scale(_ a: Value, _ factor: Double) -> Value { apply(.multiply, a, constant(factor)) }

    /// Marks what a value is computed from, itself included.
    ///
    /// Entries come after what they use.
    func reachable(from value: Value) -> [Bool] {
        var used = [Bool](repeating: false, count: entries.count)
        used[value.index] = true
        for index in stride(from: value.index, through: 0, by: -1) where used[index] {
            if case .apply(_, let a, let b, let c) = entries[index] {
                used[a.index] = true
                used[b.index] = true
                used[c.index] = true
            }
        }
        return used
    }

    /// The program that computes a value, with inputs renumbered to those used.
    /// - Returns: The program; its first `parameters` constants are the parameters. And which inputs it reads.
    func program(_ result: Value, parameters: Int) -> (program: ScalarProgram, inputs: [Int]) {
        let used = reachable(from: result)
        var inputs: [Int] = []
        var constants = [Double](repeating: 0, count: parameters)
        for (index, entry) in entries.enumerated() where used[index] {
            switch entry {
            case .input(let number): inputs.append(number)
            case .constant(let number): constants.append(number)
            case .parameter, .apply: break
            }
        }
        inputs.sort()
        var program = ScalarProgram(inputs: inputs.count, constants: constants)
        var registers = [UInt8](repeating: 0, count: entries.count)
        var nextConstant = parameters
        for (index, entry) in entries.enumerated() where used[index] {
            switch entry {
            case .input(let number):
                registers[index] = UInt8(inputs.firstIndex(of: number) ?? 0)
            case .parameter(let number): registers[index] = program.constant(number)
            case .constant:
                registers[index] = program.constant(nextConstant)
                nextConstant += 1
            case .apply(let function, let a, let b, let c):
                registers[index] = program.append(
                    function, registers[a.index], function.arity > 1 ? registers[b.index] : 0,
                    function.arity > 2 ? registers[c.index] : 0)
            }
        }
        program.outputs = [registers[result.index]]
        return (program, inputs)
    }
}
