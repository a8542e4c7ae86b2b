// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingTesting
import Testing

/// Operations on whole numbers, against themselves on the same numbers in float64.
@Suite struct IntegerTests {
    /// Operations whose result on integers is not that on real numbers, and why.
    static let exceptions = [
        "clamped": "its bounds lose their fractions", "power": "a whole number to a negative power is rounded to 0",
    ]

    @Test(arguments: OpCase.all, [DType.int32, .int64])
    func wholeNumbersGiveWhatRealOnesGive(_ row: OpCase, _ dtype: DType) throws {
        if Self.exceptions[row.operation] != nil { return }
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
        #expect(found.shape == wanted.shape)
        try expectClose(
            found.converted(to: .float64), wanted.converted(to: .float64),
            tolerance: found.dtype.isFloatingPoint ? 1e-5 : 0)
    }
}
