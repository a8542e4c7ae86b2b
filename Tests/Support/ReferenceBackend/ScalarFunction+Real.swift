// SPDX-License-Identifier: Apache-2.0

import Glibc
import KindlingBackend

extension ScalarFunction {
    /// Its value at real numbers; functions of fewer arguments leave the last ones alone.
    func value(_ a: Double, _ b: Double, _ c: Double) -> Double {
        switch self {
        case .identity: a
        case .negate: -a
        case .absolute: abs(a)
        case .sign: a.isNaN ? .nan : a > 0 ? 1 : a < 0 ? -1 : 0
        case .reciprocal: 1 / a
        case .square: a * a
        case .squareRoot: a.squareRoot()
        case .reciprocalSquareRoot: 1 / a.squareRoot()
        case .exp: Glibc.exp(a)
        case .expm1: Glibc.expm1(a)
        case .log: Glibc.log(a)
        case .log1p: Glibc.log1p(a)
        case .sin: Glibc.sin(a)
        case .cos: Glibc.cos(a)
        case .tan: Glibc.tan(a)
        case .asin: Glibc.asin(a)
        case .acos: Glibc.acos(a)
        case .atan: Glibc.atan(a)
        case .sinh: Glibc.sinh(a)
        case .cosh: Glibc.cosh(a)
        case .asinh: Glibc.asinh(a)
        case .acosh: Glibc.acosh(a)
        case .atanh: Glibc.atanh(a)
        case .tanh: Glibc.tanh(a)
        case .sigmoid: 1 / (1 + Glibc.exp(-a))
        case .softplus: a.isNaN ? .nan : Swift.max(a, 0) + Glibc.log1p(Glibc.exp(-abs(a)))
        case .erf: Glibc.erf(a)
        case .floor: a.rounded(.down)
        case .ceiling: a.rounded(.up)
        case .round: a.rounded(.toNearestOrEven)
        case .truncate: a.rounded(.towardZero)
        case .logicalNot: a == 0 ? 1 : 0
        case .isNaN: a.isNaN ? 1 : 0
        case .isFinite: a.isFinite ? 1 : 0
        case .add: a + b
        case .subtract: a - b
        case .multiply: a * b
        case .divide: a / b
        case .power: pow(a, b)
        case .remainder: ScalarFunction.remainder(a, b)
        case .minimum: a.isNaN || b.isNaN ? .nan : a < b ? a : b
        case .maximum: a.isNaN || b.isNaN ? .nan : a > b ? a : b
        case .atan2: Glibc.atan2(a, b)
        case .equal: a == b ? 1 : 0
        case .notEqual: a != b ? 1 : 0
        case .less: a < b ? 1 : 0
        case .lessOrEqual: a <= b ? 1 : 0
        case .logicalAnd: a != 0 && b != 0 ? 1 : 0
        case .logicalOr: a != 0 || b != 0 ? 1 : 0
        case .logicalXor: (a != 0) != (b != 0) ? 1 : 0
        case .select: a != 0 ? b : c
        case .multiplyAdd: a * b + c
        }
    }

    /// Python's `%`: what C's leaves, moved to the divisor's side of zero.
    private static func remainder(_ a: Double, _ b: Double) -> Double {
        let rest = fmod(a, b)
        return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest
    }
}
