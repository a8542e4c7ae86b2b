// SPDX-License-Identifier: Apache-2.0

import KindlingBackend
import Testing

@Suite struct DTypeTests {
    @Test func promotesAsPyTorchDoes() throws {
        for row in try fixture("vocabulary.json", as: VocabularyFixture.self).promotions {
            let left = try #require(DType(name: row.left))
            let right = try #require(DType(name: row.right))
            #expect(left.promoted(with: right).name == row.result, "\(row)")
        }
    }

    @Test func namesReadBack() {
        #expect(DType.allCases.map { DType(name: $0.name) } == DType.allCases)
        #expect(DType(name: "double") == nil)
    }

    @Test func rawValuesStayAsFilesHaveThem() {
        #expect(
            DType.allCases.map(\.name)
                == ["float32", "float64", "float16", "bfloat16", "int32", "int64", "uint8", "bool"])
        #expect(DType.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 5, 6, 7])
    }

    @Test func sizesAndArithmeticFollowTheType() {
        #expect(DType.allCases.map(\.byteCount) == [4, 8, 2, 2, 4, 8, 1, 1])
        #expect(
            DType.allCases.map(\.arithmetic)
                == [.float32, .float64, .float32, .float32, .int64, .int64, .int64, .int64])
        #expect(DType.allCases.filter(\.isFloatingPoint) == [.float32, .float64, .float16, .bfloat16])
    }
}
