// SPDX-License-Identifier: Apache-2.0

import KindlingBackend
import Testing

@Suite struct TensorErrorTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let error: TensorError
        let text: String
        var testDescription: String { text }
    }

    @Test(arguments: [
        Row(
            error: TensorError(.shapeMismatch, operation: "matmul", "shapes [2, 3] and [4, 5] do not fit"),
            text: "matmul: shapes [2, 3] and [4, 5] do not fit"),
        Row(
            error: TensorError(
                .shapeMismatch, operation: "matmul", "shapes do not fit", remedy: "transpose one",
                modulePath: "encoder.layers.0", location: "Model.swift:7"),
            text: "matmul: shapes do not fit (in encoder.layers.0) at Model.swift:7; transpose one"),
        Row(
            error: .unsupported("pooling", by: "opencl:0"),
            text: "pooling: the device 'opencl:0' has no kernel for it; run on the device 'cpu', or compose it from "
                + "operations that 'opencl:0' has"),
    ])
    func saysWhatWhereAndTheWayOut(row: Row) { #expect(row.error.description == row.text) }

    @Test func codesAreDifferent() {
        let codes: [TensorError.Code] = [
            .shapeMismatch, .dtypeMismatch, .deviceMismatch, .invalidAxis, .indexOutOfRange, .invalidValue,
            .unsupported, .outOfMemory, .deviceFailure, .noGradient,
        ]
        #expect(Set(codes).count == codes.count)
        #expect(TensorError.unsupported("copy", by: "cpu").code == .unsupported)
    }
}
