// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingNN
import Testing

/// What convolutions refuse, and how recipes spell them.
@Suite struct ConvolutionArgumentTests {
    @Test func inputsThatDoNotFitAreRefusedByName() {
        for row in ConvolutionLayerTests.cases.lawCases {
            let rank = row.input.rank
            for wrong in [1, rank - 1, rank + 1] {
                RefusalCase(
                    row.name, Shape.ones(rank: wrong), .shapeMismatch,
                    says: "\(row.name): an input of shape \(Shape.ones(rank: wrong)) has not \(rank) axes", row.make
                ).expect()
            }
            var channels = row.input
            channels[1] += 1
            RefusalCase(row.name, channels, .shapeMismatch, says: "does not fit a weight of shape", row.make).expect()
            RefusalCase(row.name, row.input, dtype: .float64, .dtypeMismatch, says: "float64", row.make).expect()
        }
        for row in ConvolutionLayerTests.lazyCases {
            RefusalCase(
                row.type, [2], .shapeMismatch,
                says: "\(row.type): an input of shape [2] has not \(row.input.rank) axes",
                row.make
            ).expect()
        }
        RefusalCase("Conv1D", [1, 5, 4], .invalidValue, says: "Conv1D: groups is 2, but must divide inChannels, 5") {
            Conv1D(out: 4, kernelSize: 3, groups: 2)
        }.expect()
        RefusalCase("Conv1D", [1, 0, 4], .invalidValue, says: "inChannels is 0") { Conv1D(out: 4, kernelSize: 3) }
            .expect()
    }

    @Test func impossibleArgumentsAreRefusedByName() {
        let rows: [RefusalCase] = [
            RefusalCase("Conv2D", [1, 4, 4, 4], .invalidValue, says: "Conv2D: inChannels is 0, but must be 1 or more") {
                Conv2D(0, 4, kernelSize: 3)
            },
            RefusalCase("Conv2D", [1, 4, 4, 4], .invalidValue, says: "outChannels is -1") {
                Conv2D(4, -1, kernelSize: 3)
            },
            RefusalCase("Conv2D", [1, 4, 4, 4], .invalidValue, says: "groups is 0, but must be 1 or more") {
                Conv2D(4, 4, kernelSize: 3, groups: 0)
            },
            RefusalCase("Conv2D", [1, 4, 4, 4], .invalidValue, says: "groups is 3, but must divide outChannels, 4") {
                Conv2D(3, 4, kernelSize: 3, groups: 3)
            },
            RefusalCase("Conv2D", [1, 4, 4, 4], .invalidValue, says: "groups is 3, but must divide inChannels, 4") {
                Conv2D(4, 3, kernelSize: 3, groups: 3)
            },
            RefusalCase("Conv2D", [1, 4, 4, 4], .invalidValue, says: "kernelSize is [3, 3, 3], but must be one number")
            {
                Conv2D(4, 4, kernelSize: [3, 3, 3])
            },
            RefusalCase("Conv1D", [1, 4, 4], .invalidValue, says: "Conv1D: stride is 0") {
                Conv1D(4, 4, kernelSize: 3, stride: 0)
            },
            RefusalCase("Conv3D", [1, 4, 4, 4, 4], .invalidValue, says: "Conv3D: padding is -1") {
                Conv3D(4, 4, kernelSize: 3, padding: -1)
            },
            RefusalCase("Conv1D", [1, 4, 4], .invalidValue, says: "dilation is -9223372036854775808") {
                Conv1D(4, 4, kernelSize: 3, dilation: Int.min)
            },
            RefusalCase("Conv2D", [1, 4, 4, 4], .invalidValue, says: "must be small enough to be addressed") {
                Conv2D(Int.max, 4, kernelSize: 3)
            },
            RefusalCase("Conv2D", [1, 4, 4, 4], .invalidValue, says: "widths (4, 4)") {
                Conv2D(4, 4, kernelSize: 3, padding: 4, paddingMode: .reflect)
            },
            RefusalCase("Conv2D", [1, 4, 4, 4], .shapeMismatch, says: "does not fit an axis of 4 elements") {
                Conv2D(4, 4, kernelSize: 5)
            },
            RefusalCase(
                "ConvTranspose2D", [1, 4, 4, 4], .invalidValue, says: "outputPadding is 2, but must be smaller"
            ) {
                ConvTranspose2D(4, 4, kernelSize: 3, stride: 2, outputPadding: 2)
            },
            RefusalCase("ConvTranspose1D", [1, 4, 4], .invalidValue, says: "ConvTranspose1D: groups is 3") {
                ConvTranspose1D(4, 3, kernelSize: 3, groups: 3)
            },
            RefusalCase("ConvTranspose3D", [1, 4, 4, 4, 4], .invalidValue, says: "padding is -1") {
                ConvTranspose3D(4, 4, kernelSize: 3, padding: -1)
            },
            RefusalCase("ConvTranspose1D", [1, 4, 1], .shapeMismatch, says: "") {
                ConvTranspose1D(4, 4, kernelSize: 1, padding: 5)
            },
            RefusalCase("DepthwiseConv2D", [1, 4, 4, 4], .invalidValue, says: "depthMultiplier is 0") {
                DepthwiseConv2D(4, kernelSize: 3, depthMultiplier: 0)
            },
            RefusalCase("DepthwiseConv1D", [1, 4, 4], .invalidValue, says: "DepthwiseConv1D: inChannels is 0") {
                DepthwiseConv1D(0, kernelSize: 3)
            },
            RefusalCase("SeparableConv2D", [1, 4, 4, 4], .invalidValue, says: "outChannels is 0") {
                SeparableConv2D(4, 0, kernelSize: 3)
            },
            RefusalCase("SeparableConv1D", [1, 4, 4], .invalidValue, says: "must be small enough to be addressed") {
                SeparableConv1D(Int.max / 2, 4, kernelSize: 3)
            },
        ]
        for row in rows { row.expect() }
    }

    @Test func recipesMakeThemFromTheirDefaults() throws {
        for type in Set(ConvolutionLayerTests.cases.map(\.type)) {
            let depthwise = type.hasPrefix("Depthwise")
            let layer = try
                (depthwise
                ? layerFromRecipe(type, ["kernel_size": "3"])
                : layerFromRecipe(type, ["out_channels": "4", "kernel_size": "3"])).get()
            #expect(String(describing: Swift.type(of: layer)) == type)
            let axes = try #require(type.dropLast().last.flatMap { Int(String($0)) })
            let output = try withTensorErrors { layer(.zeros(Shape([1, 4] + Array(repeating: 5, count: axes)))) }
            #expect(output.shape.rank == axes + 2 && output.shape[1] == 4)
        }
    }

    @Test func recipesTakeWordsAndListsForPadding() throws {
        func shape(_ fields: KeyValuePairs<String, String>) throws -> Shape {
            let layer = try layerFromRecipe("Conv2D", fields).get()
            return try withTensorErrors { layer(.zeros([1, 2, 8, 9])) }.shape
        }
        #expect(
            try shape(["in_channels": "2", "out_channels": "4", "kernel_size": "3", "padding": "same"]) == [1, 4, 8, 9])
        #expect(try shape(["out_channels": "4", "kernel_size": "[3, 5]", "padding": "valid"]) == [1, 4, 6, 5])
        #expect(try shape(["out_channels": "4", "kernel_size": "3", "padding": "[1, 0]"]) == [1, 4, 8, 7])
        #expect(
            try shape(["out_channels": "4", "kernel_size": "3", "padding": "1", "padding_mode": "reflect"])
                == [1, 4, 8, 9])
    }

    @Test func recipesRefuseImpossibleArguments() {
        func mistake(_ type: String, _ fields: KeyValuePairs<String, String>) -> String {
            switch layerFromRecipe(type, fields) {
            case .success: "none"
            case .failure(let mistake): mistake.message
            }
        }
        #expect(
            mistake("Conv2D", ["in_channels": "4", "out_channels": "6", "kernel_size": "3", "groups": "4"])
                == "Conv2D: groups is 4, but must divide outChannels, 6")
        #expect(
            mistake("Conv1D", ["in_channels": "5", "out_channels": "6", "kernel_size": "3", "groups": "2"])
                == "Conv1D: groups is 2, but must divide inChannels, 5")
        #expect(mistake("Conv2D", ["out_channels": "6", "kernel_size": "0"]) == "expected at least 1, found '0'")
        #expect(
            mistake("Conv2D", ["out_channels": "6", "kernel_size": "[3, 3, 3]"])
                == "Conv2D: kernelSize is [3, 3, 3], but must be one number or 2")
        #expect(
            mistake("Conv2D", ["out_channels": "6", "kernel_size": "3", "padding": "sane"])
                == "expected one of valid, same, found 'sane'; did you mean 'same'?")
        #expect(
            mistake("Conv2D", ["out_channels": "6", "kernel_size": "3", "padding": "-1"])
                == "expected at least 0, found '-1'")
        #expect(
            mistake("ConvTranspose1D", ["out_channels": "6", "kernel_size": "3", "output_padding": "1"])
                == "ConvTranspose1D: outputPadding is 1, but must be smaller than the stride, 1, or the dilation, 1")
        #expect(mistake("DepthwiseConv1D", [:]).contains("needs 'kernel_size'"))
        #expect(mistake("SeparableConv2D", ["kernel_size": "3"]).contains("needs 'out_channels'"))
    }
}
