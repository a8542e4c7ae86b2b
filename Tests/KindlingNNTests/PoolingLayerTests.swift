// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingNN
import Testing

/// Poolings, against PyTorch's.
@Suite struct PoolingLayerTests {
    static let fixture = GradientFixture("pooling")

    static let cases: [GradientCase] = [
        GradientCase("MaxPool1D", [2, 3, 9]) { MaxPool1D(2) },
        GradientCase("MaxPool1D padded", [2, 3, 9]) { MaxPool1D(3, stride: 2, padding: 1, ceilMode: true) },
        GradientCase("MaxPool1D dilated", [2, 3, 9]) { MaxPool1D(3, stride: 1, dilation: 2) },
        GradientCase("AveragePool1D", [2, 3, 9]) { AveragePool1D(2) },
        GradientCase("AveragePool1D padded", [2, 3, 9]) {
            AveragePool1D(3, stride: 2, padding: 1, countIncludePad: false)
        },
        GradientCase("AveragePool1D counted", [2, 3, 9]) { AveragePool1D(3, stride: 2, padding: 1) },
        GradientCase("AveragePool1D hanging over", [2, 3, 9]) {
            AveragePool1D(3, stride: 2, padding: 1, ceilMode: true)
        },
        GradientCase("AveragePool1D hanging over, uncounted", [2, 3, 9]) {
            AveragePool1D(2, stride: 2, padding: 1, ceilMode: true, countIncludePad: false)
        },
        GradientCase("LpPool1D", [2, 3, 9]) { LpPool1D(2, size: 2) },
        GradientCase("LpPool1D of fours", [2, 3, 9]) { LpPool1D(4, size: 3, stride: 2) },
        GradientCase("LpPool1D hanging over", [2, 3, 9]) { LpPool1D(2, size: 2, stride: 3, ceilMode: true) },
        GradientCase("AdaptiveAveragePool1D", [2, 3, 9]) { AdaptiveAveragePool1D(3) },
        GradientCase("AdaptiveMaxPool1D", [2, 3, 9]) { AdaptiveMaxPool1D(3) },
        GradientCase("GlobalAveragePool1D", [2, 3, 9]) { GlobalAveragePool1D() },
        GradientCase("GlobalMaxPool1D", [2, 3, 9]) { GlobalMaxPool1D() },
        GradientCase("GlobalMaxPool1D kept", [2, 3, 9]) { GlobalMaxPool1D(keepDims: true) },
        GradientCase("MaxPool2D", [1, 2, 7, 6]) { MaxPool2D(2) },
        GradientCase("MaxPool2D padded", [1, 2, 7, 6]) { MaxPool2D(3, stride: 2, padding: 1, ceilMode: true) },
        GradientCase("MaxPool2D oblong", [1, 2, 7, 6]) {
            MaxPool2D([3, 2], stride: [1, 2], padding: [1, 0], dilation: [2, 1])
        },
        GradientCase("AveragePool2D", [1, 2, 7, 6]) { AveragePool2D(2) },
        GradientCase("AveragePool2D padded", [1, 2, 7, 6]) {
            AveragePool2D(3, stride: 2, padding: 1, countIncludePad: false)
        },
        GradientCase("AveragePool2D counted", [1, 2, 7, 6]) { AveragePool2D(3, stride: 2, padding: 1) },
        GradientCase("AveragePool2D oblong", [1, 2, 7, 6]) {
            AveragePool2D([3, 2], stride: [1, 2], padding: [1, 0])
        },
        GradientCase("AveragePool2D hanging over", [1, 2, 7, 6]) {
            AveragePool2D(3, stride: 2, padding: 1, ceilMode: true)
        },
        GradientCase("AveragePool2D hanging over, uncounted", [1, 2, 7, 6]) {
            AveragePool2D(2, stride: 2, padding: 1, ceilMode: true, countIncludePad: false)
        },
        GradientCase("LpPool2D", [1, 2, 7, 6]) { LpPool2D(2, size: 2) },
        GradientCase("LpPool2D of fours", [1, 2, 7, 6]) { LpPool2D(4, size: 3, stride: 2) },
        GradientCase("LpPool2D hanging over", [1, 2, 7, 6]) { LpPool2D(2, size: 2, stride: 3, ceilMode: true) },
        GradientCase("AdaptiveAveragePool2D", [1, 2, 7, 6]) { AdaptiveAveragePool2D(3) },
        GradientCase("AdaptiveAveragePool2D oblong", [1, 2, 7, 6]) { AdaptiveAveragePool2D([5, 1]) },
        GradientCase("AdaptiveMaxPool2D", [1, 2, 7, 6]) { AdaptiveMaxPool2D(3) },
        GradientCase("GlobalAveragePool2D", [1, 2, 7, 6]) { GlobalAveragePool2D() },
        GradientCase("GlobalMaxPool2D", [1, 2, 7, 6]) { GlobalMaxPool2D() },
        GradientCase("GlobalMaxPool2D kept", [1, 2, 7, 6]) { GlobalMaxPool2D(keepDims: true) },
        GradientCase("MaxPool3D", [1, 1, 4, 5, 6]) { MaxPool3D(2) },
        GradientCase("MaxPool3D padded", [1, 1, 4, 5, 6]) { MaxPool3D(3, stride: 2, padding: 1, ceilMode: true) },
        GradientCase("AveragePool3D", [1, 1, 4, 5, 6]) { AveragePool3D(2) },
        GradientCase("AveragePool3D padded", [1, 1, 4, 5, 6]) {
            AveragePool3D(3, stride: 2, padding: 1, countIncludePad: false)
        },
        GradientCase("AveragePool3D counted", [1, 1, 4, 5, 6]) { AveragePool3D(3, stride: 2, padding: 1) },
        GradientCase("AveragePool3D hanging over", [1, 1, 4, 5, 6]) {
            AveragePool3D(3, stride: 2, padding: 1, ceilMode: true)
        },
        GradientCase("AveragePool3D hanging over, uncounted", [1, 1, 4, 5, 6]) {
            AveragePool3D(2, stride: 2, padding: 1, ceilMode: true, countIncludePad: false)
        },
        GradientCase("LpPool3D", [1, 1, 4, 5, 6]) { LpPool3D(2, size: 2) },
        GradientCase("LpPool3D of fours", [1, 1, 4, 5, 6]) { LpPool3D(4, size: 3, stride: 2) },
        GradientCase("LpPool3D hanging over", [1, 1, 4, 5, 6]) { LpPool3D(2, size: 2, stride: 3, ceilMode: true) },
        GradientCase("AdaptiveAveragePool3D", [1, 1, 4, 5, 6]) { AdaptiveAveragePool3D(3) },
        GradientCase("AdaptiveMaxPool3D", [1, 1, 4, 5, 6]) { AdaptiveMaxPool3D(3) },
        GradientCase("AdaptiveMaxPool3D oblong", [1, 1, 4, 5, 6]) { AdaptiveMaxPool3D([2, 5, 4]) },
        GradientCase("GlobalAveragePool3D", [1, 1, 4, 5, 6]) { GlobalAveragePool3D() },
        GradientCase("GlobalMaxPool3D", [1, 1, 4, 5, 6]) { GlobalMaxPool3D() },
        GradientCase("GlobalMaxPool3D kept", [1, 1, 4, 5, 6]) { GlobalMaxPool3D(keepDims: true) },
    ]

    @Test func everyCaseOfTheFixtureIsCompared() {
        #expect(Set(PoolingLayerTests.cases.map(\.name)) == PoolingLayerTests.fixture.names)
    }

    @Test(arguments: cases) func valuesAndGradientsArePyTorchs(_ row: GradientCase) throws {
        try PoolingLayerTests.fixture.expect(row)
    }

    @Test func emptyBatchesGiveEmptyResults() throws { try PoolingLayerTests.cases.expectEmptyBatches() }

    @Test func inputsOfOtherAxesOrTypesAreRefusedByName() {
        for row in PoolingLayerTests.cases.lawCases {
            let pooled = row.input.rank
            for rank in [1, pooled - 1, pooled + 1] {
                RefusalCase(
                    row.name, Shape.ones(rank: rank), .shapeMismatch,
                    says: "\(row.name): an input of shape \(Shape.ones(rank: rank)) has not \(pooled) axes", row.make
                ).expect()
            }
            RefusalCase(row.name, row.input, dtype: .int64, .dtypeMismatch, says: "int64", row.make).expect()
        }
    }

    @Test func impossibleArgumentsAreRefusedByName() {
        let rows: [RefusalCase] = [
            RefusalCase("MaxPool2D", [1, 1, 4, 4], .invalidValue, says: "MaxPool2D: size is 0, but must be 1 or more") {
                MaxPool2D(0)
            },
            RefusalCase(
                "MaxPool2D", [1, 1, 4, 4], .invalidValue, says: "size is [2, 2, 2], but must be one number or 2"
            ) {
                MaxPool2D([2, 2, 2])
            },
            RefusalCase("MaxPool1D", [1, 1, 4], .invalidValue, says: "size is [], but must be one number") {
                MaxPool1D([Int]())
            },
            RefusalCase("MaxPool3D", [1, 1, 4, 4, 4], .invalidValue, says: "stride is 0") { MaxPool3D(2, stride: 0) },
            RefusalCase("MaxPool2D", [1, 1, 4, 4], .invalidValue, says: "dilation is -1") {
                MaxPool2D(2, dilation: -1)
            },
            RefusalCase("MaxPool2D", [1, 1, 4, 4], .invalidValue, says: "padding is 2, but must be at most half") {
                MaxPool2D(3, padding: 2)
            },
            RefusalCase("AveragePool1D", [1, 1, 4], .invalidValue, says: "size is 9223372036854775807") {
                AveragePool1D(Int.max)
            },
            RefusalCase("AveragePool2D", [1, 1, 4, 4], .invalidValue, says: "padding is -1") {
                AveragePool2D(2, padding: -1)
            },
            RefusalCase("AveragePool3D", [1, 1, 4, 4, 4], .shapeMismatch, says: "does not fit an axis of 4 elements") {
                AveragePool3D(5)
            },
            RefusalCase(
                "LpPool2D", [1, 1, 4, 4], .invalidValue, says: "order is 0.5, but must be finite and 1 or more"
            ) {
                LpPool2D(0.5, size: 2)
            },
            RefusalCase("LpPool1D", [1, 1, 4], .invalidValue, says: "size is 0") { LpPool1D(2, size: 0) },
            RefusalCase("AdaptiveMaxPool1D", [1, 1, 4], .invalidValue, says: "AdaptiveMaxPool1D: size is 0") {
                AdaptiveMaxPool1D(0)
            },
            RefusalCase("AdaptiveAveragePool2D", [1, 1, 4, 4], .invalidValue, says: "size is [1, 1, 1]") {
                AdaptiveAveragePool2D([1, 1, 1])
            },
            RefusalCase("AdaptiveAveragePool2D", [1, 1, 0, 4], .shapeMismatch, says: "no elements") {
                AdaptiveAveragePool2D(2)
            },
            RefusalCase("GlobalMaxPool1D", [1, 1, 0], .shapeMismatch, says: "nothing to choose from") {
                GlobalMaxPool1D()
            },
        ]
        for row in rows { row.expect() }
    }

    @Test func recipesMakeThemFromTheirDefaults() throws {
        for type in Set(PoolingLayerTests.cases.map(\.type)) {
            let fields: KeyValuePairs =
                type.hasPrefix("Adaptive") ? ["size": "2"] : type.hasPrefix("Lp") ? ["order": "2"] : [:]
            let layer = try layerFromRecipe(type, fields).get()
            #expect(String(describing: Swift.type(of: layer)) == type)
        }
    }

    @Test func recipesTakeANumberOrOneForEachAxis() throws {
        let layer = try layerFromRecipe("MaxPool2D", ["size": "[3, 2]", "stride": "[1, 2]", "padding": "1"]).get()
        #expect(try withTensorErrors { layer(.zeros([1, 1, 4, 6])) }.shape == [1, 1, 4, 4])
        func mistake(_ fields: KeyValuePairs<String, String>) -> String {
            switch layerFromRecipe("MaxPool2D", fields) {
            case .success: "none"
            case .failure(let mistake): mistake.message
            }
        }
        #expect(mistake(["size": "[3, 0]"]) == "expected at least 1, found '0'")
        #expect(mistake(["size": "big"]) == "expected a whole number, at least 1, found 'big'")
        #expect(
            mistake(["size": "[]"])
                == "expected a whole number, or a list, each a whole number, at least 1, found an empty list")
        #expect(mistake(["size": "[1, 2, 3]"]) == "MaxPool2D: size is [1, 2, 3], but must be one number or 2")
        #expect(mistake(["padding": "2"]) == "MaxPool2D: padding is 2, but must be at most half the size, 2")
    }
}
