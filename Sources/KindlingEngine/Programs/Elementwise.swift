// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import Synchronization

/// An operation done for each element by itself.
///
/// Its gradient is a program too, derived from its own, so it has gradients of every order and each is one pass.
struct Elementwise: Op {
    let definition: ElementwiseDefinition
    /// The numbers for the definition's parameters.
    let parameters: [Double]
    /// The type of the result, where the definition's rule shall not decide.
    let dtype: DType?

    var name: String { definition.name }

    func output(_ inputs: [Tensor]) throws(TensorError) -> TensorSpec {
        var shape = inputs[0].shape
        for index in 1..<Swift.max(1, inputs.count) {
            let input = inputs[index]
            if input.shape == shape { continue }
            guard let common = shape.broadcast(with: input.shape) else {
                let shapes = inputs.map { "\($0.shape)" }.joined(separator: " and ")
                throw TensorError(
                    .shapeMismatch, operation: name, "shapes \(shapes) do not fit: sizes must be equal, or 1",
                    remedy: "reshape or expand one of them")
            }
            shape = common
        }
        let result = dtype ?? definition.resultType(ElementwiseDefinition.promoted(inputs))
        return TensorSpec(shape: shape, dtype: result)
    }

    func request(_ inputs: [Tensor]) -> KernelRequest {
        let promoted = ElementwiseDefinition.promoted(inputs)
        let result = dtype ?? definition.resultType(promoted)
        return .elementwise(definition.program(parameters), definition.arithmetic(promoted, result: result))
    }

    func prepared(_ value: TensorValue, _ input: Int, _ output: TensorSpec) throws(TensorError) -> TensorValue {
        value.shape == output.shape ? value : value.expanded(to: output.shape)
    }

    func gradients(_ upstream: Tensor, _ saved: Saved) -> [Tensor?] {
        var result = [Tensor?](repeating: nil, count: saved.inputs.count)
        for index in saved.inputs.indices {
            guard saved.needs(index), let gradient = definition.gradient(by: index) else { continue }
            let input = saved.inputs[index]
            let arguments = gradient.arguments.map { $0 < saved.inputs.count ? saved.inputs[$0] : upstream }
            let full: Tensor
            if gradient.definition.isIdentity, arguments[0].dtype == input.dtype {
                full = arguments[0]
            } else if parameters.isEmpty, arguments.count == 2, arguments[0].dtype == input.dtype,
                let simple = dispatchPair(gradient.definition, arguments[0], arguments[1])
            {
                full = simple
            } else {
                full = dispatch(
                    Elementwise(definition: gradient.definition, parameters: parameters, dtype: input.dtype),
                    arguments)
            }
            result[index] = full.reduced(to: input.shape)
        }
        return result
    }
}

/// What an elementwise operation computes; made once for each operation.
final class ElementwiseDefinition: Sendable {
    /// How the result's type follows from the inputs'.
    enum ResultType: Sendable {
        /// The type that the inputs promote to.
        case promoted
        /// That, but float32 for integers.
        case floating
        /// bool.
        case predicate
    }

    struct Gradient: Sendable {
        let definition: ElementwiseDefinition
        /// What the gradient program reads: inputs by number, and the upstream gradient as the number after them.
        let arguments: [Int]
    }

    typealias Body = @Sendable (inout ProgramBuilder) -> ProgramBuilder.Value

    let name: String
    let inputCount: Int
    private let result: ResultType
    private let parameterCount: Int
    private let baseProgram: ScalarProgram
    private let body: Body
    private let customGradient: (@Sendable (inout ProgramBuilder, Int) -> ProgramBuilder.Value?)?
    private let derived = Mutex<[Int: Gradient?]>([:])

    /// - Parameter gradient: The gradient by an input, where it is not to be derived: its builder has the operation's
    ///   inputs, and the upstream gradient as the input after them.
    init(
        _ name: String, _ result: ResultType, inputs: Int, parameters: Int = 0,
        gradient: (@Sendable (inout ProgramBuilder, Int) -> ProgramBuilder.Value?)? = nil, _ body: @escaping Body
    ) {
        self.name = name
        self.result = result
        inputCount = inputs
        parameterCount = parameters
        self.body = body
        customGradient = gradient
        var builder = ProgramBuilder()
        // Naming every input first keeps their order and keeps those that the value does not depend on.
        for index in 0..<inputs { _ = builder.input(index) }
        let value = body(&builder)
        baseProgram = builder.program(value, parameters: parameters).program
    }

    /// A single function of its inputs.
    convenience init(_ name: String, _ result: ResultType, _ function: ScalarFunction) {
        self.init(name, result, inputs: function.arity) { builder in
            switch function.arity {
            case 1: builder.apply(function, builder.input(0))
            case 2: builder.apply(function, builder.input(0), builder.input(1))
            default: builder.apply(function, builder.input(0), builder.input(1), builder.input(2))
            }
        }
    }

    /// Whether the result is its only input.
    var isIdentity: Bool { baseProgram.instructions.isEmpty && baseProgram.inputCount == 1 }

    static func promoted(_ inputs: [Tensor]) -> DType {
        var dtype = inputs[0].dtype
        for index in 1..<Swift.max(1, inputs.count) { dtype = dtype.promoted(with: inputs[index].dtype) }
        return dtype
    }

    func resultType(_ promoted: DType) -> DType {
        switch result {
        case .predicate: .bool
        case .promoted: promoted
        case .floating: promoted.isFloatingPoint ? promoted : .float32
        }
    }

    /// What is computed in, given the type that the inputs promote to and the result's.
    func arithmetic(_ promoted: DType, result: DType) -> Arithmetic {
        switch (result.arithmetic, promoted.arithmetic) {
        case (.float64, _), (_, .float64): .float64
        case (.float32, _), (_, .float32): .float32
        case (.int64, .int64): .int64
        }
    }

    func program(_ parameters: [Double]) -> ScalarProgram {
        parameterCount == 0 ? baseProgram : baseProgram.replacingConstants(with: parameters)
    }

    /// The gradient by an input: a program over inputs and upstream gradient.
    ///
    /// Nil where none flows.
    func gradient(by input: Int) -> Gradient? {
        derived.withLock { derived in
            if let known = derived[input] { return known }
            let made = makeGradient(by: input)
            derived[input] = .some(made)
            return made
        }
    }

    private func makeGradient(by input: Int) -> Gradient? {
        let body = body
        let upstream = inputCount
        let custom = customGradient
        let expression: @Sendable (inout ProgramBuilder) -> ProgramBuilder.Value? = { builder in
            if let custom { return custom(&builder, input) }
            let value = body(&builder)
            return builder.derivative(of: value, by: input, upstream: builder.input(upstream))
        }
        var probe = ProgramBuilder()
        guard let value = expression(&probe) else { return nil }
        let arguments = probe.program(value, parameters: parameterCount).inputs
        // Inputs are renumbered to those that the gradient reads.
        let renamed: Body = { builder in
            var inner = ProgramBuilder()
            let value = expression(&inner) ?? inner.constant(0)
            return inner.copy(value, into: &builder, inputs: arguments)
        }
        let definition = ElementwiseDefinition(
            "gradient of \(name)", .promoted, inputs: arguments.count, parameters: parameterCount, renamed)
        return Gradient(definition: definition, arguments: arguments)
    }
}

extension ProgramBuilder {
    /// Rebuilds a value in another expression, where input `inputs[i]` of this one is input `i`.
    func copy(_ value: Value, into other: inout ProgramBuilder, inputs: [Int]) -> Value {
        let used = reachable(from: value)
        var copies: [Int: Value] = [:]
        for index in 0...value.index where used[index] {
            switch entries[index] {
            case .input(let number): copies[index] = other.input(inputs.firstIndex(of: number) ?? 0)
            case .parameter(let number): copies[index] = other.parameter(number)
            case .constant(let number): copies[index] = other.constant(number)
            case .apply(let function, let a, let b, let c):
                guard let a = copies[a.index], let b = copies[b.index], let c = copies[c.index] else {
                    internalFault("an expression uses what comes after it")
                }
                copies[index] =
                    switch function.arity {
                    case 1: other.apply(function, a)
                    case 2: other.apply(function, a, b)
                    default: other.apply(function, a, b, c)
                    }
            }
        }
        guard let result = copies[value.index] else { internalFault("an expression does not reach its value") }
        return result
    }
}

extension Tensor {
    /// Applies an elementwise operation of one input.
    func elementwise(_ definition: ElementwiseDefinition, parameters: [Double] = [], dtype: DType? = nil) -> Tensor {
        dispatch(Elementwise(definition: definition, parameters: parameters, dtype: dtype), [self])
    }

    /// Applies an elementwise operation of two inputs, broadcasting.
    func elementwise(_ definition: ElementwiseDefinition, _ second: Tensor, parameters: [Double] = []) -> Tensor {
        if parameters.isEmpty, let result = dispatchPair(definition, self, second) { return result }
        return dispatch(Elementwise(definition: definition, parameters: parameters, dtype: nil), [self, second])
    }

    /// Applies an elementwise operation of three inputs, broadcasting.
    func elementwise(_ definition: ElementwiseDefinition, _ second: Tensor, _ third: Tensor) -> Tensor {
        dispatch(Elementwise(definition: definition, parameters: [], dtype: nil), [self, second, third])
    }
}
