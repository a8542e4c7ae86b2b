// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// A ``ScalarFunction`` as an expression of OpenCL C over registers of the kernel's arithmetic.
enum ScalarSource {
    /// The expression.
    ///
    /// Functions of integers whose results are none are taken in double precision and lose their fraction.
    static func expression(
        _ function: ScalarFunction, _ arithmetic: Arithmetic, _ a: String, _ b: String, _ c: String
    ) -> String {
        if function.isPredicate { return predicate(function, arithmetic, a, b) }
        if arithmetic != .int64 { return real(function, a, b, c, as: "REAL") }
        return integer(function, a, b, c)
            ?? "convert_long_sat(\(real(function, "(double)\(a)", "(double)\(b)", "(double)\(c)", as: "double")))"
    }

    /// Whether a program over integers takes functions in double precision.
    static func needsFloat64(_ program: ScalarProgram, _ arithmetic: Arithmetic) -> Bool {
        arithmetic == .int64
            && program.instructions.contains { !$0.function.isPredicate && integer($0.function, "", "", "") == nil }
    }

    /// Functions whose result is 0 or 1, in every arithmetic.
    private static func predicate(
        _ function: ScalarFunction, _ arithmetic: Arithmetic, _ a: String, _ b: String
    ) -> String {
        switch function {
        case .equal: "(REAL)(\(a) == \(b))"
        case .notEqual: "(REAL)(\(a) != \(b))"
        case .less: "(REAL)(\(a) < \(b))"
        case .lessOrEqual: "(REAL)(\(a) <= \(b))"
        case .logicalAnd: "(REAL)(\(a) != 0 && \(b) != 0)"
        case .logicalOr: "(REAL)(\(a) != 0 || \(b) != 0)"
        case .logicalXor: "(REAL)((\(a) != 0) != (\(b) != 0))"
        case .logicalNot: "(REAL)(\(a) == 0)"
        case .isNaN: arithmetic == .int64 ? "(REAL)0" : "(REAL)(isnan(\(a)) != 0)"
        case .isFinite: arithmetic == .int64 ? "(REAL)1" : "(REAL)(isfinite(\(a)) != 0)"
        default: internalFault("\(function) is no predicate")
        }
    }

    private static func real(
        _ function: ScalarFunction, _ a: String, _ b: String, _ c: String, as type: String
    ) -> String {
        switch function {
        case .identity: a
        case .negate: "-\(a)"
        case .absolute: "fabs(\(a))"
        case .sign: "\(a) > 0 ? (\(type))1 : \(a) < 0 ? (\(type))-1 : \(a)"
        case .reciprocal: "(\(type))1 / \(a)"
        case .square: "\(a) * \(a)"
        case .squareRoot: "sqrt(\(a))"
        case .reciprocalSquareRoot: "(\(type))1 / sqrt(\(a))"
        case .exp: "exp(\(a))"
        case .expm1: "expm1(\(a))"
        case .log: "log(\(a))"
        case .log1p: "log1p(\(a))"
        case .sin: "sin(\(a))"
        case .cos: "cos(\(a))"
        case .tan: "tan(\(a))"
        case .asin: "asin(\(a))"
        case .acos: "acos(\(a))"
        case .atan: "atan(\(a))"
        case .sinh: "sinh(\(a))"
        case .cosh: "cosh(\(a))"
        case .asinh: "asinh(\(a))"
        case .acosh: "acosh(\(a))"
        case .atanh: "atanh(\(a))"
        case .tanh: "tanh(\(a))"
        case .sigmoid: "(\(type))1 / ((\(type))1 + exp(-\(a)))"
        // In this form nothing overflows.
        case .softplus: "fmax(\(a), (\(type))0) + log1p(exp(-fabs(\(a))))"
        case .erf: "erf(\(a))"
        case .floor: "floor(\(a))"
        case .ceiling: "ceil(\(a))"
        case .round: "rint(\(a))"
        case .truncate: "trunc(\(a))"
        case .add: "\(a) + \(b)"
        case .subtract: "\(a) - \(b)"
        case .multiply: "\(a) * \(b)"
        case .divide: "\(a) / \(b)"
        case .power: "pow(\(a), \(b))"
        case .remainder: "remainder_like_python(\(a), \(b))"
        case .minimum: "isnan(\(a)) || \(a) < \(b) ? \(a) : \(b)"
        case .maximum: "isnan(\(a)) || \(a) > \(b) ? \(a) : \(b)"
        case .atan2: "atan2(\(a), \(b))"
        case .select: "\(a) != 0 ? \(b) : \(c)"
        case .multiplyAdd: "fma(\(a), \(b), \(c))"
        case .equal, .notEqual, .less, .lessOrEqual, .logicalAnd, .logicalOr, .logicalXor, .logicalNot, .isNaN,
            .isFinite:
            internalFault("\(function) is a predicate")
        }
    }

    /// Sums and products are taken of unsigned numbers, which wrap around by definition.
    private static func integer(_ function: ScalarFunction, _ a: String, _ b: String, _ c: String) -> String? {
        switch function {
        case .identity, .floor, .ceiling, .round, .truncate: a
        case .negate: "(long)(0ul - (ulong)\(a))"
        case .absolute: "(long)abs(\(a))"
        case .sign: "(long)((\(a) > 0) - (\(a) < 0))"
        case .square: "(long)((ulong)\(a) * (ulong)\(a))"
        case .add: "(long)((ulong)\(a) + (ulong)\(b))"
        case .subtract: "(long)((ulong)\(a) - (ulong)\(b))"
        case .multiply: "(long)((ulong)\(a) * (ulong)\(b))"
        case .divide: "divided(\(a), \(b))"
        case .power: "raised(\(a), \(b))"
        case .remainder: "remainder_like_python(\(a), \(b))"
        case .minimum: "min(\(a), \(b))"
        case .maximum: "max(\(a), \(b))"
        case .select: "\(a) != 0 ? \(b) : \(c)"
        case .multiplyAdd: "(long)((ulong)\(a) * (ulong)\(b) + (ulong)\(c))"
        case .reciprocal, .squareRoot, .reciprocalSquareRoot, .exp, .expm1, .log, .log1p, .sin, .cos, .tan, .asin,
            .acos, .atan, .sinh, .cosh, .asinh, .acosh, .atanh, .tanh, .sigmoid, .softplus, .erf, .atan2:
            nil
        case .equal, .notEqual, .less, .lessOrEqual, .logicalAnd, .logicalOr, .logicalXor, .logicalNot, .isNaN,
            .isFinite:
            nil
        }
    }

    /// Functions of our own that expressions of an arithmetic call.
    static func definitions(_ arithmetic: Arithmetic) -> String {
        arithmetic == .int64
            ? """
            long divided(long a, long b) { return b == 0 ? 0 : b == -1 ? (long)(0ul - (ulong)a) : a / b; }
            long remainder_like_python(long a, long b) {
                if (b == 0 || b == -1) return 0;
                long rest = a % b;
                return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
            }
            long raised(long base, long exponent) {
                if (exponent < 0) return base == 1 ? 1 : base == -1 ? (exponent & 1 ? -1 : 1) : 0;
                ulong result = 1, factor = (ulong)base;
                for (ulong rest = (ulong)exponent; rest != 0; rest >>= 1) {
                    if (rest & 1) result *= factor;
                    factor *= factor;
                }
                return (long)result;
            }

            """
            : """
            REAL remainder_like_python(REAL a, REAL b) {
                REAL rest = fmod(a, b);
                if (rest == 0) return copysign((REAL)0, b);
                return (rest < 0) != (b < 0) ? rest + b : rest;
            }

            """
    }
}
