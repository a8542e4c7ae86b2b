// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension ProgramBuilder {
    /// upstream · ∂result/∂input, as part of the same expression: reverse accumulation over the entries, so that a
    /// whole chain's gradient is one program.
    ///
    /// Nil where the result does not depend on the input.
    mutating func derivative(of result: Value, by input: Int, upstream: Value) -> Value? {
        let last = result.index
        var adjoints = [Value?](repeating: nil, count: last + 1)
        adjoints[last] = upstream
        for index in stride(from: last, through: 0, by: -1) {
            guard let upstream = adjoints[index], case .apply(let function, let a, let b, let c) = entries[index]
            else { continue }
            let parts = partials(function, a, b, c, result: Value(index: index), upstream)
            for (argument, part) in zip([a, b, c], parts) {
                guard let part, !isConstant(part, 0) else { continue }
                if let before = adjoints[argument.index] {
                    adjoints[argument.index] = apply(.add, before, part)
                } else {
                    adjoints[argument.index] = part
                }
            }
        }
        guard let place = entries[...last].firstIndex(of: .input(input)) else { return nil }
        return adjoints[place]
    }

    /// upstream · ∂y/∂argument for each argument of y = f(a, b, c).
    private mutating func partials(
        _ function: ScalarFunction, _ a: Value, _ b: Value, _ c: Value, result y: Value, _ d: Value
    ) -> [Value?] {
        switch function {
        case .identity: return [d]
        case .negate: return [negate(d)]
        case .absolute: return [times(d, apply(.sign, a))]
        case .reciprocal: return [negate(times(d, apply(.square, y)))]
        case .square: return [times(d, scale(a, 2))]
        case .squareRoot: return [apply(.divide, scale(d, 0.5), y)]
        case .reciprocalSquareRoot: return [times(scale(d, -0.5), times(y, apply(.square, y)))]
        case .exp: return [times(d, y)]
        case .expm1: return [times(d, apply(.add, y, constant(1)))]
        case .log: return [apply(.divide, d, a)]
        case .log1p: return [apply(.divide, d, apply(.add, a, constant(1)))]
        case .sin: return [times(d, apply(.cos, a))]
        case .cos: return [negate(times(d, apply(.sin, a)))]
        case .tan: return [times(d, apply(.add, apply(.square, y), constant(1)))]
        case .asin: return [times(d, apply(.reciprocalSquareRoot, oneMinusSquare(a)))]
        case .acos: return [negate(times(d, apply(.reciprocalSquareRoot, oneMinusSquare(a))))]
        case .atan: return [apply(.divide, d, apply(.add, apply(.square, a), constant(1)))]
        case .sinh: return [times(d, apply(.cosh, a))]
        case .cosh: return [times(d, apply(.sinh, a))]
        case .asinh:
            return [times(d, apply(.reciprocalSquareRoot, apply(.add, apply(.square, a), constant(1))))]
        case .acosh:
            return [times(d, apply(.reciprocalSquareRoot, apply(.subtract, apply(.square, a), constant(1))))]
        case .atanh: return [apply(.divide, d, oneMinusSquare(a))]
        case .tanh: return [times(d, oneMinusSquare(y))]
        case .sigmoid: return [times(d, times(y, apply(.subtract, constant(1), y)))]
        case .softplus: return [times(d, apply(.sigmoid, a))]
        case .erf:
            // 2 / √π · exp(−a²)
            let bell = apply(.exp, negate(apply(.square, a)))
            return [times(scale(d, 1.1283791670955126), bell)]
        case .sign, .floor, .ceiling, .round, .truncate, .logicalNot, .isNaN, .isFinite, .equal, .notEqual, .less,
            .lessOrEqual, .logicalAnd, .logicalOr, .logicalXor:
            return []
        case .add: return [d, d]
        case .subtract: return [d, negate(d)]
        case .multiply: return [times(d, b), times(d, a)]
        case .divide: return [apply(.divide, d, b), negate(apply(.divide, times(d, y), b))]
        case .power: return powerPartials(a, b, y, d)
        case .remainder: return [d, negate(times(d, apply(.floor, apply(.divide, a, b))))]
        case .minimum: return orderPartials(first: apply(.less, a, b), second: apply(.less, b, a), d)
        case .maximum: return orderPartials(first: apply(.less, b, a), second: apply(.less, a, b), d)
        case .atan2:
            let length = apply(.add, apply(.square, a), apply(.square, b))
            return [apply(.divide, times(d, b), length), negate(apply(.divide, times(d, a), length))]
        case .select: return [nil, apply(.select, a, d, constant(0)), apply(.select, a, constant(0), d)]
        case .multiplyAdd: return [times(d, b), times(d, a), d]
        }
    }

    private mutating func times(_ a: Value, _ b: Value) -> Value { apply(.multiply, a, b) }

    private mutating func oneMinusSquare(_ a: Value) -> Value { apply(.subtract, constant(1), apply(.square, a)) }

    /// The gradient goes to the one that won; where neither did, half to each.
    private mutating func orderPartials(first: Value, second: Value, _ d: Value) -> [Value?] {
        let half = scale(d, 0.5)
        let zero = constant(0)
        return [
            apply(.select, first, d, apply(.select, second, zero, half)),
            apply(.select, second, d, apply(.select, first, zero, half)),
        ]
    }

    /// b · a^(b − 1), which is 0 for b = 0 even where a is; and a^b · ln a, which is 0 where a is 0.
    private mutating func powerPartials(_ a: Value, _ b: Value, _ y: Value, _ d: Value) -> [Value?] {
        let zero = constant(0)
        let lower = apply(.power, a, apply(.subtract, b, constant(1)))
        let byBase = apply(.select, apply(.equal, b, zero), zero, times(d, times(b, lower)))
        let byExponent = apply(.select, apply(.equal, a, zero), zero, times(d, times(y, apply(.log, a))))
        return [byBase, byExponent]
    }
}
