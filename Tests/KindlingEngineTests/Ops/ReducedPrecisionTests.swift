// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingBackend
import KindlingEngine
import KindlingTesting
import Testing

/// Every differentiable operation in bfloat16 and float16 against PyTorch's float64.
@Suite struct ReducedPrecisionTests {
    private func fixture(_ row: OpCase) throws -> OperationFixture {
        try #require(OperationFixture.all[row.description])
    }

    /// How many roundings of the type the worst element is off; infinite where shapes differ.
    private func roundings(_ found: Tensor, _ wanted: OperationFixture.Numbers, _ dtype: DType) throws -> Double {
        guard found.shape.dimensions == wanted.shape else { return .infinity }
        let elements = try found.array(of: Double.self)
        let largest = wanted.values.filter(\.isFinite).reduce(1) { max($0, abs($1)) }
        let errors = zip(elements, wanted.values).map { found, wanted in
            found == wanted || (found.isNaN && wanted.isNaN) ? 0 : abs(found - wanted)
        }
        let worst = errors.contains { $0.isNaN } ? .infinity : errors.max() ?? 0
        return worst / largest / ReducedPrecision.unitRoundoff(dtype)
    }

    @Test(arguments: OpCase.differentiable, ReducedPrecision.types)
    func valueAndGradientAreWithinTheTable(_ row: OpCase, _ dtype: DType) throws {
        let fixture = try fixture(row)
        let allowance = ReducedPrecision.allowance(row)
        if let reason = ReducedPrecision.refusal(row) {
            // Not #expect(throws:), which describes every error: that looks up where it was made, half a second each.
            var code: TensorError.Code?
            do { try withTensorErrors { _ = row.apply(try row.inputs(fixture, in: dtype)) } } catch let error
                as TensorError
            { code = error.code }
            #expect(code == .dtypeMismatch || code == .unsupported, "listed as refusing, since \(reason)")
            return
        }
        let inputs = try row.inputs(fixture, in: dtype)
        let output: Tensor
        do { output = try withTensorErrors { row.apply(inputs) } } catch let error as TensorError {
            Issue.record("refuses \(dtype.name): list it in ReducedPrecision.refusals with the reason (\(error))")
            return
        }
        let narrow = ReducedPrecision.wider.contains(row.description) ? "float32" : dtype.name
        let type = fixture.output.type == "float64" ? narrow : fixture.output.type
        #expect(output.dtype.name == type)
        let off = try roundings(output, fixture.output, dtype)
        #expect(off <= allowance.value, "the value is \(off) roundings of \(dtype.name) off")

        let wanted = try #require(fixture.gradients)
        let places = inputs.indices.filter { inputs[$0].dtype == dtype }
        let found = try gradient(at: places.map { inputs[$0] }) { moved in
            var all = inputs
            for (place, tensor) in zip(places, moved) { all[place] = tensor }
            return weighted(row.apply(all))
        }
        for (place, gradient) in zip(places, found) {
            #expect(gradient.dtype == dtype)
            let off = try roundings(gradient, try #require(wanted[place]), dtype)
            #expect(off <= allowance.gradient, "the gradient by input \(place) is \(off) roundings off")
        }
    }

    @Test func everyEntryOfTheTableNamesARow() {
        let names = Set(OpCase.differentiable.flatMap { [$0.description, $0.operation] })
        let unknown = Set(ReducedPrecision.exceptions.keys).union(ReducedPrecision.refusals.keys).subtracting(names)
        #expect(unknown.isEmpty, "no row has these names")
    }
}
