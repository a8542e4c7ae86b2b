// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

/// The numbers that a function's argument is tried with.
struct ArgumentDomain: Sendable {
    /// The smallest of the numbers drawn.
    let low: Double
    /// The largest of them.
    let high: Double
    /// And these.
    let specials: [Double]
}

extension ScalarFunction {
    /// The numbers that its arguments are tried with in real arithmetic.
    ///
    /// `tiny` is a number below full precision.
    func realDomains(tiny: Double) -> [ArgumentDomain] {
        let everything: [Double] = [0, -0.0, 1, -1, 2.5, -0.75, tiny, -tiny, 1e30, -1e30, .infinity, -.infinity, .nan]
        let halves: [Double] = [0.5, 1.5, 2.5, -0.5, -1.5, 8_388_609, -8_388_609]
        func each(_ low: Double, _ high: Double, _ specials: [Double] = everything) -> ArgumentDomain {
            ArgumentDomain(low: low, high: high, specials: specials)
        }
        switch self {
        case .identity, .negate, .absolute, .sign, .reciprocal, .square, .logicalNot, .isNaN, .isFinite, .sigmoid,
            .softplus, .erf, .tanh, .atan, .asinh:
            return [each(-6, 6)]
        case .floor, .ceiling, .round, .truncate: return [each(-20, 20, everything + halves)]
        case .exp, .expm1, .sinh, .cosh: return [each(-80, 80, everything + [88, -87, 0.001, -0.001])]
        case .squareRoot, .reciprocalSquareRoot, .log: return [each(0.001, 900)]
        case .log1p: return [each(-0.99, 50, everything + [0.001, -0.001])]
        case .sin, .cos, .tan: return [each(-600, 600, [0, -0.0, 1, -3, tiny, .infinity, -.infinity, .nan])]
        case .asin, .acos, .atanh: return [each(-1, 1)]
        case .acosh: return [each(1, 900)]
        case .add, .subtract, .multiply, .divide, .minimum, .maximum, .atan2: return [each(-9, 9), each(-9, 9)]
        case .power: return [each(0.1, 9), each(-3, 3, everything + [2, 3, 0.5, -2])]
        case .remainder:
            return [
                each(-50, 50, [0, 1, -1, 7, -7, 6.5, -6.5, .nan]),
                each(1.5, 7, [1, -1, 3, -3, 2.5, -2.5, 0, .infinity, -.infinity, .nan]),
            ]
        case .equal, .notEqual, .less, .lessOrEqual, .logicalAnd, .logicalOr, .logicalXor:
            return [each(-2, 2), each(-2, 2)]
        case .select: return [each(-1, 1, [0, -0.0, 1, tiny, .nan, -.infinity]), each(-9, 9), each(-9, 9)]
        case .multiplyAdd:
            let few: [Double] = [0, 1, -1, 2.5, .infinity, -.infinity, .nan]
            return [each(0.5, 4, few), each(0.5, 4, few), each(0.5, 4, few)]
        }
    }

    /// The whole numbers that its arguments are tried with in integer arithmetic; nil where it has no meaning there.
    var wholeDomains: [ClosedRange<Int>]? {
        switch self {
        case .identity, .negate, .absolute, .sign, .square, .floor, .ceiling, .round, .truncate, .logicalNot, .isNaN,
            .isFinite:
            [-90...90]
        case .add, .subtract, .multiply, .minimum, .maximum: [-90...90, -90...90]
        case .equal, .notEqual, .less, .lessOrEqual, .logicalAnd, .logicalOr, .logicalXor: [-3...3, -3...3]
        case .divide: [0...90, 1...9]
        case .power: [-9...9, 0...6]
        case .remainder: [-90...90, 1...9]
        case .select: [-1...1, -90...90, -90...90]
        case .multiplyAdd: [-90...90, -90...90, -90...90]
        case .reciprocal, .squareRoot, .reciprocalSquareRoot, .exp, .expm1, .log, .log1p, .sin, .cos, .tan, .asin,
            .acos, .atan, .sinh, .cosh, .asinh, .acosh, .atanh, .tanh, .sigmoid, .softplus, .erf, .atan2:
            nil
        }
    }
}
