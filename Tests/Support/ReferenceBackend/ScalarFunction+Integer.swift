// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension ScalarFunction {
    /// Its value at 64-bit integers, wrapping; functions of fewer arguments leave the last ones alone.
    ///
    /// Functions whose results are no integers are taken of the real numbers and lose their fraction.
    func value(_ a: Int64, _ b: Int64, _ c: Int64) -> Int64 {
        switch self {
        case .identity, .floor, .ceiling, .round, .truncate: a
        case .negate: 0 &- a
        case .absolute: a < 0 ? 0 &- a : a
        case .sign: a.signum()
        case .square: a &* a
        case .logicalNot: a == 0 ? 1 : 0
        case .isNaN: 0
        case .isFinite: 1
        case .add: a &+ b
        case .subtract: a &- b
        case .multiply: a &* b
        case .divide: ScalarFunction.quotient(a, b)
        case .power: ScalarFunction.power(a, b)
        case .remainder: ScalarFunction.remainder(a, b)
        case .minimum: Swift.min(a, b)
        case .maximum: Swift.max(a, b)
        case .equal: a == b ? 1 : 0
        case .notEqual: a != b ? 1 : 0
        case .less: a < b ? 1 : 0
        case .lessOrEqual: a <= b ? 1 : 0
        case .logicalAnd: a != 0 && b != 0 ? 1 : 0
        case .logicalOr: a != 0 || b != 0 ? 1 : 0
        case .logicalXor: (a != 0) != (b != 0) ? 1 : 0
        case .select: a != 0 ? b : c
        case .multiplyAdd: a &* b &+ c
        case .reciprocal, .squareRoot, .reciprocalSquareRoot, .exp, .expm1, .log, .log1p, .sin, .cos, .tan, .asin,
            .acos, .atan, .sinh, .cosh, .asinh, .acosh, .atanh, .tanh, .sigmoid, .softplus, .erf, .atan2:
            Int64(truncating: value(Double(a), Double(b), Double(c)))
        }
    }

    /// Towards zero, as C divides; 0 where the divisor is 0.
    private static func quotient(_ a: Int64, _ b: Int64) -> Int64 {
        b == 0 ? 0 : a.dividedReportingOverflow(by: b).partialValue
    }

    /// With the divisor's sign; 0 where the divisor is 0.
    private static func remainder(_ a: Int64, _ b: Int64) -> Int64 {
        if b == 0 { return 0 }
        let rest = a.remainderReportingOverflow(dividingBy: b).partialValue
        return rest != 0 && (rest < 0) != (b < 0) ? rest &+ b : rest
    }

    /// By repeated squaring, wrapping; a negative exponent gives the power's integer part.
    private static func power(_ base: Int64, _ exponent: Int64) -> Int64 {
        if exponent < 0 {
            switch base {
            case 1: return 1
            case -1: return exponent % 2 == 0 ? 1 : -1
            default: return 0
            }
        }
        var result: Int64 = 1
        var square = base
        var rest = exponent
        while rest > 0 {
            if rest % 2 == 1 { result = result &* square }
            square = square &* square
            rest /= 2
        }
        return result
    }
}
