// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingNN
import Testing

/// Layers that move, repeat, pad and crop, against PyTorch's.
@Suite struct ShapeLayerTests {
    static let fixture = GradientFixture("shape")

    static let cases: [GradientCase] = [
        GradientCase("Flatten", [2, 3, 4]) { Flatten() },
        GradientCase("Flatten part", [2, 3, 2, 2]) { Flatten(from: 1, to: 2) },
        GradientCase("Reshape", [2, 12]) { Reshape([3, -1]) },
        GradientCase("Unflatten", [2, 6, 2]) { Unflatten(1, into: [3, 2]) },
        GradientCase("Permute", [2, 2, 3, 2]) { Permute([2, 3, 1]) },
        GradientCase("Squeeze", [2, 1, 3]) { Squeeze(1) },
        GradientCase("Unsqueeze", [2, 3]) { Unsqueeze(1) },
        GradientCase("RepeatVector", [2, 4]) { RepeatVector(3) },
        GradientCase("PixelShuffle", [1, 8, 2, 3]) { PixelShuffle(2) },
        GradientCase("PixelUnshuffle", [1, 2, 4, 6]) { PixelUnshuffle(2) },
        GradientCase("Upsample", [1, 2, 2, 3]) { Upsample(scale: 2) },
        GradientCase("Upsample length", [2, 2, 4]) { Upsample(size: 7, mode: .linear) },
        GradientCase("Upsample bilinear", [1, 2, 3, 4]) { Upsample(size: [5, 7], mode: .linear) },
        GradientCase("Upsample corners", [1, 2, 3, 4]) { Upsample(size: [5, 7], mode: .linear, alignCorners: true) },
        GradientCase("Upsample bicubic", [1, 1, 4, 4]) { Upsample(scale: [1.5, 2], mode: .cubic) },
        GradientCase("Upsample trilinear", [1, 1, 2, 2, 3]) { Upsample(scale: 2, mode: .linear) },
        GradientCase("Padding", [1, 2, 2, 3]) { Padding(1) },
        GradientCase("Padding constant", [2, 2, 3]) { Padding(before: 2, after: 0, mode: .constant(3.5)) },
        GradientCase("Padding reflect", [1, 2, 3, 4]) { Padding([1, 2], mode: .reflect) },
        GradientCase("Padding replicate", [1, 1, 2, 2, 3]) { Padding(before: 1, after: 0, mode: .replicate) },
        GradientCase("Padding circular", [2, 2, 4]) { Padding(before: 1, after: 2, mode: .circular) },
        GradientCase("Cropping", [1, 2, 4, 5]) { Cropping(1) },
        GradientCase("Cropping behind", [1, 2, 4, 5]) { Cropping(before: 0, after: [1, 2]) },
        GradientCase("Cropping volume", [1, 1, 3, 3, 4]) { Cropping(before: [1, 1, 2], after: 0) },
    ]

    @Test func everyCaseOfTheFixtureIsCompared() {
        #expect(Set(ShapeLayerTests.cases.map(\.name) + ["Bilinear"]) == ShapeLayerTests.fixture.names)
    }

    @Test(arguments: cases) func valuesAndGradientsArePyTorchs(_ row: GradientCase) throws {
        try ShapeLayerTests.fixture.expect(row)
    }

    @Test func emptyBatchesGiveEmptyResults() throws { try ShapeLayerTests.cases.expectEmptyBatches() }

    @Test func impossibleArgumentsAndInputsAreRefusedByName() {
        let rows: [RefusalCase] = [
            RefusalCase("Flatten", [2, 3], .invalidAxis, says: "Flatten: from 1 to 2 are no axes") {
                Flatten(from: 1, to: 2)
            },
            RefusalCase("Flatten", [2, 3, 4], .invalidAxis, says: "from 2 to 1") { Flatten(from: 2, to: 1) },
            RefusalCase("Flatten", [2], .invalidAxis, says: "axis 1") { Flatten() },
            RefusalCase("Reshape", [2, 12], .shapeMismatch, says: "Reshape: 12 elements") { Reshape([5, 2]) },
            RefusalCase("Reshape", [2, 12], .shapeMismatch, says: "do not fill") { Reshape([5, -1]) },
            RefusalCase("Reshape", [2, 12], .shapeMismatch, says: "do not fill") { Reshape([.max, .max]) },
            RefusalCase("Reshape", [2, 12], .invalidValue, says: "sizes is [-1, -1]") { Reshape([-1, -1]) },
            RefusalCase("Reshape", [2, 12], .invalidValue, says: "sizes is [-2]") { Reshape([-2]) },
            RefusalCase("Unflatten", [2, 12], .invalidAxis, says: "Unflatten: axis 2") { Unflatten(2, into: [3, 4]) },
            RefusalCase("Unflatten", [2, 12], .shapeMismatch, says: "12 elements") { Unflatten(1, into: [3, 5]) },
            RefusalCase("Unflatten", [2, 12], .invalidValue, says: "sizes is [-3]") { Unflatten(1, into: [-3]) },
            RefusalCase("Permute", [2, 3, 4], .invalidValue, says: "order is [2, 2], but must name every axis") {
                Permute([2, 2])
            },
            RefusalCase("Permute", [2, 3], .invalidAxis, says: "is not an order") { Permute([2, 1]) },
            RefusalCase("Squeeze", [2, 3], .shapeMismatch, says: "has size 3") { Squeeze(1) },
            RefusalCase("Squeeze", [2, 3], .invalidAxis, says: "axis 2") { Squeeze(2) },
            RefusalCase("Unsqueeze", [2, 3], .invalidAxis, says: "axis 4") { Unsqueeze(4) },
            RefusalCase("Unsqueeze", [2, 3], .invalidAxis, says: "axis -9") { Unsqueeze(-9) },
            RefusalCase("RepeatVector", [2, 3, 4], .shapeMismatch, says: "RepeatVector: an input of shape [2, 3, 4]") {
                RepeatVector(2)
            },
            RefusalCase("RepeatVector", [2, 3], .invalidValue, says: "count is 0") { RepeatVector(0) },
            RefusalCase("PixelShuffle", [1, 6, 2, 2], .shapeMismatch, says: "the factor 2") { PixelShuffle(2) },
            RefusalCase("PixelShuffle", [1, 4, 2, 2], .invalidValue, says: "factor is 0") { PixelShuffle(0) },
            RefusalCase("PixelUnshuffle", [1, 4, 3, 2], .shapeMismatch, says: "the factor 2") { PixelUnshuffle(2) },
            RefusalCase("PixelUnshuffle", [4, 4, 2], .shapeMismatch, says: "has not 4 axes") { PixelUnshuffle(2) },
            RefusalCase("Upsample", [1, 1, 2, 2], .invalidValue, says: "scale is [0.0]") { Upsample(scale: 0) },
            RefusalCase("Upsample", [1, 1, 2, 2], .invalidValue, says: "size is [-1]") { Upsample(size: -1) },
            RefusalCase("Upsample", [1, 1, 2, 2], .invalidValue, says: "alignCorners is true") {
                Upsample(scale: 2, alignCorners: true)
            },
            RefusalCase("Upsample", [1, 1, 2, 2], .invalidValue, says: "does not fit 2 spatial axes") {
                Upsample(size: [1, 2, 3])
            },
            RefusalCase("Upsample", [4, 2], .shapeMismatch, says: "no spatial axes") { Upsample(scale: 2) },
            RefusalCase("Padding", [1, 1, 2], .invalidValue, says: "Padding: before is -1") { Padding(-1) },
            RefusalCase("Padding", [1, 1, 2], .invalidValue, says: "before is []") { Padding([Int]()) },
            RefusalCase("Padding", [1, 1, 2], .shapeMismatch, says: "2 widths do not fit") { Padding([1, 1]) },
            RefusalCase("Padding", [4, 2], .shapeMismatch, says: "1 width does not fit") { Padding(1) },
            RefusalCase("Padding", [1, 1, 2], .invalidValue, says: "(2, 2)") { Padding(2, mode: .reflect) },
            RefusalCase("Cropping", [1, 1, 2], .shapeMismatch, says: "1 + 1 elements taken from an axis of 2") {
                Cropping(1)
            },
            RefusalCase("Cropping", [1, 1, 2], .invalidValue, says: "after is -1") { Cropping(before: 1, after: -1) },
        ]
        for row in rows { row.expect() }
    }

    @Test func recipesMakeThemFromTheirDefaults() throws {
        let rows: [(String, KeyValuePairs<String, String>)] = [
            ("Flatten", [:]), ("Reshape", ["sizes": "[3, -1]"]), ("Unflatten", ["sizes": "[3, 2]"]),
            ("Permute", ["order": "[2, 1]"]), ("Squeeze", [:]), ("Unsqueeze", [:]), ("RepeatVector", ["count": "2"]),
            ("PixelShuffle", ["factor": "2"]), ("PixelUnshuffle", ["factor": "2"]), ("Upsample", ["scale": "2"]),
            ("Upsample", ["size": "[4, 6]", "mode": "cubic"]), ("Padding", ["width": "1"]),
            ("Cropping", ["width": "1"]),
        ]
        for (type, fields) in rows {
            let layer = try layerFromRecipe(type, fields).get()
            #expect(String(describing: Swift.type(of: layer)) == type)
        }
        #expect(Set(rows.map(\.0)) == Set(ShapeLayerTests.cases.map(\.type)))
        let padding = try layerFromRecipe(
            "Padding", ["width": "[0, 1]", "width_after": "2", "mode": "constant", "value": "1.5"]
        ).get()
        let padded = try withTensorErrors { padding(.zeros([1, 1, 1, 1])) }
        #expect(padded.shape == [1, 1, 3, 4])
        #expect(try padded.array(of: Float.self) == [1.5, 0, 1.5, 1.5] + Array(repeating: 1.5, count: 8))
    }

    @Test func recipesRefuseImpossibleArguments() {
        func mistake(_ type: String, _ fields: KeyValuePairs<String, String>) -> String {
            switch layerFromRecipe(type, fields) {
            case .success: "none"
            case .failure(let mistake): mistake.message
            }
        }
        #expect(mistake("Upsample", [:]) == "Upsample: give scale or size, not neither")
        #expect(mistake("Upsample", ["scale": "2", "size": "3"]) == "Upsample: give scale or size, not both")
        #expect(mistake("Upsample", ["scale": "0"]) == "expected above 0, found '0'")
        #expect(
            mistake("Upsample", ["scale": "2", "mode": "bilinear"])
                == "expected one of nearest, linear, cubic, found 'bilinear'; did you mean 'linear'?")
        #expect(
            mistake("Permute", ["order": "[1, 3]"])
                == "Permute: order is [1, 3], but must name every axis from 1 to 2 once")
        #expect(mistake("Reshape", ["sizes": "[-1, -1]"]) == "Reshape: sizes is [-1, -1], but must have one -1 at most")
        #expect(mistake("Padding", ["width": "-1"]) == "expected at least 0, found '-1'")
    }

    @Test func bilinearIsPyTorchs() throws {
        let fixture = ShapeLayerTests.fixture
        let layer = Bilinear(3, 2, 4)
        for parameter in layer.parameters { parameter.value = sineRamp(parameter.shape) }
        let (first, second) = (Parameter(sineRamp([2, 5, 3])), Parameter(sineRamp([2, 5, 2], scale: 0.5)))
        let output = try withTensorErrors { layer(first.value, second.value) }
        let upstream = GradientFixture.upstream(output.shape)
        try (output * upstream).sum().backward()
        try fixture.expectShape(output.shape, "Bilinear")
        try fixture.expect(output.detached(), "Bilinear", "output")
        try fixture.expect(first.gradient, "Bilinear", "input")
        try fixture.expect(second.gradient, "Bilinear", "second")
        try fixture.expect(layer.weight.gradient, "Bilinear", "weight")
        try fixture.expect(layer.bias?.gradient, "Bilinear", "bias")
    }

    @Test func bilinearRefusesWhatDoesNotFit() throws {
        func refusal(_ layer: Bilinear, _ first: Shape, _ second: Shape) throws -> String {
            do {
                return "\(try withTensorErrors { layer(.zeros(first), .zeros(second)) }.shape)"
            } catch let error as TensorError { return "\(error.operation): \(error.what)" }
        }
        #expect(
            try refusal(Bilinear(0, 2, 4), [2, 3], [2, 2]) == "Bilinear: firstFeatures is 0, but must be 1 or more")
        #expect(
            try refusal(Bilinear(.max, 2, 4), [2, 3], [2, 2]).contains("must be small enough to be addressed"))
        let layer = Bilinear(3, 2, 4)
        for (first, second) in [([2, 4], [2, 2]), ([2, 3], [2, 3]), ([2, 3], [1, 2]), ([], [])] as [(Shape, Shape)] {
            #expect(try refusal(layer, first, second).hasPrefix("Bilinear: inputs of shapes \(first) and \(second)"))
        }
        #expect(try refusal(layer, [0, 3], [0, 2]) == "[0, 4]")
    }
}
