// SPDX-License-Identifier: Apache-2.0

import KindlingBackend
import ReferenceBackend
import Testing

/// The oracle itself, checked from outside: each kind of request against NumPy or PyTorch.
@Suite struct RequestFixtureTests {
    @Test(arguments: try fixture("requests.json", as: [RequestFixture].self))
    func referenceSaysWhatNumPyAndPyTorchSay(row: RequestFixture) throws {
        let request = try #require(known(row.name), "a fixture that no request is known for")
        let device = ReferenceBackend()
        let inputs = try row.inputs.map { try stored($0, on: device) }
        let outputs = try row.outputs.map { output in
            try stored(FixtureTensor(dtype: output.dtype, shape: output.shape, values: []), on: device)
        }
        let sources = inputs.map(\.operand)
        let targets = outputs.map(\.operand)
        try device.execute(request, inputs: sources.span, outputs: targets.span)
        for (expected, output) in zip(row.outputs, outputs) {
            let got = output.numbers
            let isExact = expected.dtype != "float64"
            let differs = zip(got, expected.values).enumerated().first { _, pair in
                let (mine, theirs) = pair
                return isExact ? mine != theirs : abs(mine - theirs) > 1e-12 * max(1, abs(theirs))
            }
            #expect(got.count == expected.values.count)
            #expect(differs == nil, "element \(differs?.offset ?? 0): got and expected \(differs?.element ?? (0, 0))")
        }
    }

    /// The known answers that Random123 publishes for philox4x32-10.
    @Test func philoxGivesThePublishedWords() {
        #expect(philox(key: 0, block: 0, stream: 0) == [0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8])
        #expect(
            philox(key: .max, block: .max, stream: .max) == [0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD])
        #expect(
            philox(key: 0x299F_31D0_A409_3822, block: 0x85A3_08D3_243F_6A88, stream: 0x0370_7344_1319_8A2E)
                == [0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1])
    }

    @Test(arguments: [("gather", 5), ("gather", -6), ("scatterAdd", 5), ("scatterAdd", -6)] as [(String, Double)])
    func wrongIndicesAreNamed(name: String, index: Double) throws {
        let device = ReferenceBackend()
        let indices = try stored(FixtureTensor(dtype: "int64", shape: [1], values: [index]), on: device)
        let slices = try stored(FixtureTensor(dtype: "float32", shape: [1, 2], values: [1, 2]), on: device)
        let whole = try stored(FixtureTensor(dtype: "float32", shape: [5, 2], values: [0]), on: device)
        let isGather = name == "gather"
        let inputs = isGather ? [whole.operand, indices.operand] : [indices.operand, slices.operand]
        let outputs = isGather ? [slices.operand] : [whole.operand]
        let error = #expect(throws: TensorError.self) {
            try device.execute(isGather ? .gather : .scatterAdd, inputs: inputs.span, outputs: outputs.span)
        }
        #expect(error?.code == .indexOutOfRange)
        #expect(error?.what == "index \(Int(index)) is outside an axis of 5")
    }

    private func known(_ name: String) -> KernelRequest? {
        if let function = ScalarFunction.allCases.first(where: { "elementwise.\($0)" == name }) {
            return .elementwise(ScalarProgram(function), .float64)
        }
        return RequestFixtureTests.requests[name]
    }

    @Test func everyFunctionHasAFixture() throws {
        let names = Set(try fixture("requests.json", as: [RequestFixture].self).map(\.name))
        #expect(ScalarFunction.allCases.filter { !names.contains("elementwise.\($0)") } == [])
        #expect(RequestFixtureTests.requests.keys.filter { !names.contains($0) } == [])
    }
}
