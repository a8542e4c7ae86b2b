// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingTesting
import ReferenceBackend
import Testing

/// The CPU against the reference device on drawn shapes, types and memory layouts.
@Suite struct RandomShapeTests {
    /// What two devices may differ in: both are near the exact result, each by its own order of additions.
    private static func tolerance(_ dtype: DType) -> Double {
        switch dtype {
        case .float64: 1e-12
        case .float32: 1e-5
        // One rounding to a neighbour.
        case .float16: 1e-3
        case .bfloat16: 8e-3
        case .int32, .int64, .uint8, .bool: 0
        }
    }

    private func onBoth<Result>(_ body: () throws -> Result) throws -> (cpu: Result, reference: Result) {
        let cpu = try withDevice(.cpu) { try withTensorErrors(body) }
        return (cpu, try withDevice(OperationTests.reference) { try withTensorErrors(body) })
    }

    @Test(arguments: RandomShapeCase.all)
    func devicesAgree(_ row: RandomShapeCase) throws {
        let (found, wanted) = try onBoth { row.run() }
        for (left, right) in zip(found.operands, wanted.operands) {
            try expectEqual(left, try right.copied(to: .cpu))
        }
        try expectClose(
            found.result, try wanted.result.copied(to: .cpu), tolerance: Self.tolerance(found.result.dtype))
    }

    @Test func drawsCoverWhatTheyShould() throws {
        let shapes = try RandomShapeCase.all.map { row in
            try withTensorErrors { row.run() }.operands.map(\.shape)
        }.flatMap(\.self)
        for rank in 0...4 { #expect(shapes.contains { $0.rank == rank }) }
        for size in 0...5 { #expect(shapes.contains { $0.dimensions.contains(size) }) }
    }
}
