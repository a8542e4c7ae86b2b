// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingTesting
import Testing

/// Operations on whole numbers, against themselves on the same numbers in float64.
@Suite struct IntegerTests {
    /// Operations whose result on integers is not that on real numbers, and why.
    static let exceptions = [
        "clamped": "bounds with fractions are refused", "power": "a whole number to a negative power is rounded to 0",
        "maskedFilled": "a number with a fraction is refused",
        "padded last": "a number with a fraction is refused",
        "scattered integers": "its indices cannot be real", "scatterAdded integers": "its indices cannot be real",
        "linspace": "places between whole numbers lose their fractions",
        "arange": "places between whole numbers lose their fractions",
        "binCounts": "its numbers cannot be real", "argsort of NaN": "no whole number is NaN",
        "argsort of NaN, descending": "no whole number is NaN",
        "logSumExp of infinities": "no whole number is infinite",
        "floorDivided by zero": "no whole number is infinite",
    ]

    @Test(arguments: OpCase.all, [DType.int32, .int64])
    func wholeNumbersGiveWhatRealOnesGive(_ row: OpCase, _ dtype: DType) throws {
        if Self.exceptions[row.operation] ?? Self.exceptions[row.description] != nil { return }
        let fixture = try #require(OperationFixture.all[row.description])
        let whole = try row.inputs(fixture, in: dtype)
        let given = try row.inputs(fixture, in: .float64)
        let real = zip(whole, given).map { $1.dtype == .float64 ? $0.converted(to: .float64) : $1 }
        let found: Tensor
        do { found = try withTensorErrors { row.apply(whole) } } catch let error as TensorError {
            #expect([.dtypeMismatch, .unsupported].contains(error.code), "\(error)")
            return
        }
        let wanted = try withTensorErrors { row.apply(real) }
        try #require(found.shape == wanted.shape)
        let numbers = try found.array(of: Double.self)
        // No whole number is infinite or undefined: what a division by zero gives instead is not compared.
        let compared = try wanted.array(of: Double.self).enumerated().map { place, number in
            found.dtype.isFloatingPoint || number.isFinite ? number : numbers[place]
        }
        try expectClose(
            found.converted(to: .float64), Tensor(compared, shape: found.shape),
            tolerance: found.dtype.isFloatingPoint ? 1e-5 : 0)
    }
}
