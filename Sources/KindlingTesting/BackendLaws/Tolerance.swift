// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

/// How far a result may be from the reference's.
///
/// | allowance | why |
/// |---|---|
/// | none | the function's exact result is rounded once; IEEE 754 leaves no choice |
/// | `ulps` | what the OpenCL C specification allows its own functions in single precision, so every device can |
/// | one ulp, 16-bit types | float32 errors are far below their ulp, but can tip the one rounding |
/// | `sums` | in any order, n terms of size m err by about n · m units of the accumulator (Higham 2002, §4.2) |
/// | numbers below full precision | a device may take them for zero, unless the result has to be exact |
struct Tolerance: Sendable {
    /// Neighbouring numbers of the output's type.
    let ulps: Int64
    /// Units in the last place of 1, in the type that the output is accumulated in.
    let units: Double

    /// The same number, or both NaN; zeros may differ in sign.
    static let exact = Tolerance(ulps: 0, units: 0)

    /// So many ulps; 16-bit types are rounded from float32 and so get one.
    static func ulps(_ ulps: Int64) -> Tolerance { Tolerance(ulps: ulps, units: 0) }

    /// Sums of so many terms, each of about the size given.
    static func sums(of terms: Int, magnitude: Double = 1) -> Tolerance {
        Tolerance(ulps: 2, units: Double(max(4, terms)) * magnitude)
    }

    /// Whether a result is near enough, and if not, how far away it is in ulps.
    func distance(_ got: UnsafeRawPointer, _ expected: UnsafeRawPointer, as dtype: DType) -> Int64? {
        let (gotBits, expectedBits) = (dtype.bits(at: got), dtype.bits(at: expected))
        let difference = gotBits.subtractingReportingOverflow(expectedBits)
        let distance = difference.overflow ? Int64.max : abs(difference.partialValue)
        if distance == 0 { return nil }
        guard dtype.isFloatingPoint else { return distance }
        let (gotReal, expectedReal) = (dtype.real(at: got), dtype.real(at: expected))
        if gotReal.isNaN || expectedReal.isNaN { return gotReal.isNaN && expectedReal.isNaN ? nil : distance }
        let steps = dtype.byteCount == 2 ? min(1, ulps) : ulps
        if distance <= steps { return nil }
        guard gotReal.isFinite, expectedReal.isFinite else { return distance }
        let accumulator = dtype == .float64 ? DType.float64.epsilon : DType.float32.epsilon
        var allowed = Double(steps) * dtype.spacing(at: expectedReal) + units * accumulator
        if steps > 0, abs(expectedReal) <= dtype.leastNormal { allowed += dtype.leastNormal }
        return abs(gotReal - expectedReal) <= allowed ? nil : distance
    }
}

extension ScalarFunction {
    /// How many ulps its result may be off in real arithmetic.
    var ulps: Int64 {
        switch self {
        case .identity, .negate, .absolute, .sign, .square, .floor, .ceiling, .round, .truncate, .logicalNot, .isNaN,
            .isFinite, .add, .subtract, .multiply, .minimum, .maximum, .equal, .notEqual, .less, .lessOrEqual,
            .logicalAnd, .logicalOr, .logicalXor, .select:
            0
        case .multiplyAdd: 1
        case .reciprocal, .divide, .squareRoot, .reciprocalSquareRoot, .exp, .expm1, .log, .log1p: 3
        case .sin, .cos, .tan, .asin, .acos, .atan, .sinh, .cosh, .asinh, .acosh, .atanh, .tanh: 5
        case .atan2: 6
        case .sigmoid, .softplus, .remainder: 8
        case .power, .erf: 16
        }
    }
}
