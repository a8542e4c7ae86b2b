// SPDX-License-Identifier: Apache-2.0

/// A function of one, two or three numbers: what a ``ScalarProgram`` is made of.
///
/// Raw values are the opcodes of the C kernels (`kd_function` in CKernels.h) and must stay equal to them.
public enum ScalarFunction: UInt8, Sendable, Hashable, CaseIterable {
    // One argument.
    case identity = 0
    case negate
    case absolute
    case sign
    case reciprocal
    case square
    case squareRoot
    case reciprocalSquareRoot
    case exp
    case expm1
    case log
    case log1p
    case sin
    case cos
    case tan
    case asin
    case acos
    case atan
    case sinh
    case cosh
    case asinh
    case acosh
    case atanh
    case tanh
    case sigmoid
    case softplus
    case erf
    case floor
    case ceiling
    /// To the nearest integer, halves to even.
    case round
    case truncate
    case logicalNot
    case isNaN
    case isFinite
    // Two arguments.
    case add
    case subtract
    case multiply
    case divide
    case power
    /// With the divisor's sign, as Python's `%`.
    case remainder
    /// NaN when either is.
    case minimum
    /// NaN when either is.
    case maximum
    case atan2
    case equal
    case notEqual
    case less
    case lessOrEqual
    case logicalAnd
    case logicalOr
    case logicalXor
    // Three arguments.
    /// The second where the first is not zero, else the third.
    case select
    /// first · second + third.
    case multiplyAdd

    /// How many arguments it takes.
    public var arity: Int {
        switch self {
        case .identity, .negate, .absolute, .sign, .reciprocal, .square, .squareRoot, .reciprocalSquareRoot, .exp,
            .expm1, .log, .log1p, .sin, .cos, .tan, .asin, .acos, .atan, .sinh, .cosh, .asinh, .acosh, .atanh, .tanh,
            .sigmoid, .softplus, .erf, .floor, .ceiling, .round, .truncate, .logicalNot, .isNaN, .isFinite:
            1
        case .add, .subtract, .multiply, .divide, .power, .remainder, .minimum, .maximum, .atan2, .equal, .notEqual,
            .less, .lessOrEqual, .logicalAnd, .logicalOr, .logicalXor:
            2
        case .select, .multiplyAdd: 3
        }
    }

    /// Whether the result is a truth value, 0 or 1.
    public var isPredicate: Bool {
        switch self {
        case .equal, .notEqual, .less, .lessOrEqual, .logicalAnd, .logicalOr, .logicalXor, .logicalNot, .isNaN,
            .isFinite:
            true
        default: false
        }
    }
}
