// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingBackend
import KindlingCPU
import Testing

/// A float32 function, its double precision original, and how far it may be off.
struct AccuracyCase: Sendable, CustomTestStringConvertible {
    let function: ScalarFunction
    let ulps: Double
    let exact: @Sendable (Double) -> Double
    let instructionSet: String
    var testDescription: String { "\(function) \(instructionSet)" }
}

private let functions: [(ScalarFunction, Double, @Sendable (Double) -> Double)] = [
    (.exp, 1.5, { exp($0) }), (.expm1, 2, { expm1($0) }), (.log, 1, { log($0) }), (.log1p, 3, { log1p($0) }),
    (.sin, 2, { sin($0) }), (.cos, 2, { cos($0) }), (.tan, 4, { tan($0) }), (.tanh, 3, { tanh($0) }),
    (.sigmoid, 3, { 1 / (1 + exp(-$0)) }), (.softplus, 3, { max($0, 0) + log1p(exp(-abs($0))) }),
    (.erf, 2, { erf($0) }), (.asin, 2, { asin($0) }), (.acos, 2, { acos($0) }), (.atan, 2, { atan($0) }),
    (.sinh, 3, { sinh($0) }), (.cosh, 3, { cosh($0) }), (.asinh, 3, { asinh($0) }), (.acosh, 3, { acosh($0) }),
    (.atanh, 3, { atanh($0) }), (.squareRoot, 0.5, { $0.squareRoot() }),
    (.reciprocalSquareRoot, 2, { 1 / $0.squareRoot() }), (.reciprocal, 0.5, { 1 / $0 }),
]

/// The distance in units of the last place of the rounded exact value; NaN and infinities must be met.
private func distance(_ value: Float, _ exact: Double) -> Double {
    let rounded = Float(exact)
    if value == rounded || value.isNaN && rounded.isNaN { return 0 }
    guard value.isFinite, rounded.isFinite else { return .infinity }
    return abs(Double(value) - exact) / Double(max(rounded.magnitude.ulp, Float.leastNonzeroMagnitude))
}

/// Every exponent with mantissas spread over it, both signs, and what is special.
private let sweep: [Float] = {
    var values: [Float] = [.infinity, -.infinity, .nan, 0, -0.0, 1, -1, 88.722839, 88.72284, -103.97208, -87.33655]
    var pattern: UInt32 = 1
    while pattern < 0x7f80_0000 {
        values += [Float(bitPattern: pattern), -Float(bitPattern: pattern)]
        pattern += 37_813
    }
    for step in -60_000...60_000 { values.append(Float(step) * 0x1.007p-9) }
    return values
}()

extension KernelSettingsTests {
    @Suite struct MathAccuracyTests {
        static let cases = instructionSets.flatMap { set in
            functions.map { AccuracyCase(function: $0.0, ulps: $0.1, exact: $0.2, instructionSet: set) }
        }

        @Test(arguments: cases)
        func functionsAreWithinTheirUlps(accuracy: AccuracyCase) throws {
            guard KernelSettings.use(instructionSet: accuracy.instructionSet) else { return }
            defer { _ = KernelSettings.use(instructionSet: nil) }
            let values = try evaluate(accuracy.function, sweep)
            var worst = (distance: 0.0, place: 0)
            for (place, value) in values.enumerated() {
                let off = distance(value, accuracy.exact(Double(sweep[place])))
                if off > worst.distance { worst = (off, place) }
            }
            #expect(
                worst.distance <= accuracy.ulps,
                "\(accuracy.function)(\(sweep[worst.place])) = \(values[worst.place]), \(worst.distance) ulps off")
        }

        @Test(arguments: instructionSets)
        func powersAreWithinOneUlp(instructionSet: String) throws {
            guard KernelSettings.use(instructionSet: instructionSet) else { return }
            defer { _ = KernelSettings.use(instructionSet: nil) }
            let special: [Float] = [
                0, -0.0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, 3e38,
            ]
            var bases: [Float] = [], exponents: [Float] = []
            for base in special + stride(from: 0, to: sweep.count, by: 997).map({ sweep[$0] }) {
                for exponent in special + [1.5, 7, -31, 0.001, 40] {
                    bases.append(base)
                    exponents.append(exponent)
                }
            }
            let values = try evaluate(.power, bases, exponents)
            let wrong = values.indices.filter {
                distance(values[$0], pow(Double(bases[$0]), Double(exponents[$0]))) > 1
            }
            #expect(wrong.prefix(8).map { "\(bases[$0]) to the \(exponents[$0]) = \(values[$0])" } == [])
        }
    }
}
