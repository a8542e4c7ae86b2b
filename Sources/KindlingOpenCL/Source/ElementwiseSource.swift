// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// Writes the kernel of a ``ScalarProgram`` for operands of a certain layout.
struct ElementwiseSource {
    let program: ScalarProgram
    let arithmetic: Arithmetic
    let layout: ElementwiseLayout

    /// The source.
    var text: String {
        ElementSource.preamble(layout.operands.map(\.dtype) + wide, arithmetic)
            + ScalarSource.definitions(arithmetic)
            + "__kernel void \(ProgramCache.kernelName)(\(parameters.joined(separator: ", "))) {\n"
            + "    const \(index) i = (\(index))get_global_id(0);\n    if (i >= count) return;\n"
            + (place + loads + steps + stores).map { "    \($0)\n" }.joined() + "}\n"
    }

    /// float64, when functions of integers are calculated in it.
    private var wide: [DType] { ScalarSource.needsFloat64(program, arithmetic) ? [.float64] : [] }

    private var index: String { layout.plan.fitsInt32 ? "int" : "long" }
    private var rank: Int { layout.plan.sizes.count }

    private var parameters: [String] {
        var parameters = ["const \(index) count"]
        if layout.isStrided { parameters += (1..<max(1, rank)).map { "const \(index) n\($0)" } }
        for (number, operand) in layout.operands.enumerated() {
            let access = number < layout.outputCount ? "" : "const "
            parameters.append("__global \(access)\(ElementSource.name(of: operand.dtype))* p\(number)")
            parameters.append("const long o\(number)")
            guard layout.plan.access[number] == .strided else { continue }
            parameters += (0..<rank).map { "const \(index) s\(number)_\($0)" }
        }
        let type = ElementSource.name(of: arithmetic)
        return parameters + program.constants.indices.map { "const \(type) r\(program.inputCount + $0)" }
    }

    /// The element's place along each axis.
    private var place: [String] {
        guard layout.isStrided else { return [] }
        var lines = ["\(index) rest = i;"]
        for axis in (1..<max(1, rank)).reversed() {
            lines.append("const \(index) i\(axis) = rest % n\(axis); rest /= n\(axis);")
        }
        return lines + ["const \(index) i0 = rest;"]
    }

    private func element(_ number: Int) -> String {
        switch layout.plan.access[number] {
        case .linear: "o\(number) + i"
        case .single: "o\(number)"
        case .strided: (0..<rank).reduce("o\(number)") { $0 + " + i\($1) * s\(number)_\($1)" }
        }
    }

    private var loads: [String] {
        (0..<program.inputCount).map { input in
            let number = layout.outputCount + input
            let value = ElementSource.load(layout.operands[number].dtype, "p\(number)", element(number), arithmetic)
            return "const REAL r\(input) = \(value);"
        }
    }

    private var steps: [String] {
        program.instructions.enumerated().map { number, step in
            let value = ScalarSource.expression(step.function, arithmetic, "r\(step.a)", "r\(step.b)", "r\(step.c)")
            return "const REAL r\(program.inputCount + program.constants.count + number) = \(value);"
        }
    }

    private var stores: [String] {
        program.outputs.enumerated().map { number, register in
            ElementSource.store(
                layout.operands[number].dtype, arithmetic, "p\(number)", element(number), "r\(register)")
        }
    }
}
