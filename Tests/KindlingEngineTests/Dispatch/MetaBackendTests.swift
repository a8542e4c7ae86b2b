// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import Testing

/// Shapes without elements.
@Suite struct MetaBackendTests {
    /// Operations whose result's shape depends on the elements.
    private static let reading: Set = ["maskedSelected", "nonZeroIndices", "unique", "binCounts"]
    private static let byMask: Set = ["subscript", "replacing"]
    private static let all = OpCase.all.filter { row in
        !reading.contains(row.operation) && !(byMask.contains(row.operation) && row.description.contains("mask"))
    }

    @Test(arguments: all) func shapeRulesNeedNoElements(_ row: OpCase) throws {
        let fixture = try #require(OperationFixture.all[row.description])
        let result = try withTensorErrors {
            try withDevice(.meta) { row.apply(try fixture.inputs.map { try $0.tensor() }) }
        }
        #expect(result.shape == Shape(fixture.output.shape))
        #expect(result.dtype.name == fixture.output.type)
        #expect(result.device == .meta)
    }

    @Test(arguments: all.filter { $0.smoothness != .none }) func gradientsHaveTheirPointsShapes(_ row: OpCase) throws {
        let fixture = try #require(OperationFixture.all[row.description])
        try withDevice(.meta) {
            let inputs = try fixture.inputs.map { try $0.tensor() }
            let places = inputs.indices.filter { inputs[$0].dtype == .float64 }
            let found = try gradient(at: places.map { inputs[$0] }) { moved in
                var all = inputs
                for (place, tensor) in zip(places, moved) { all[place] = tensor }
                return row.apply(all).sum()
            }
            #expect(found.map(\.spec) == places.map { inputs[$0].spec })
        }
    }

    @Test func terabytesCostNothing() throws {
        let result = try withTensorErrors {
            Tensor.zeros([1 << 30, 1 << 12], on: .meta).matmul(.zeros([1 << 12, 1 << 8], on: .meta))
        }
        #expect(result.shape == [1 << 30, 1 << 8])
    }

    @Test func readingItThrows() {
        let expected = "read: a tensor on the device 'meta' has no elements; compute on 'cpu' when values are needed"
        let tensor = Tensor.zeros([2], on: .meta)
        for read in [{ _ = try tensor.array(of: Float.self) }, { _ = try tensor.copied(to: .cpu) }]
            as [() throws -> Void]
        {
            do {
                try read()
                Issue.record("nothing was thrown")
            } catch { #expect("\(error)" == expected) }
        }
        #expect("\(tensor)" == "Tensor(float32 [2])")
    }
}
