// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingNN
import Testing

/// Convolutions, against PyTorch's and Keras'.
@Suite struct ConvolutionLayerTests {
    static let fixture = GradientFixture("convolution")

    static let cases: [GradientCase] = [
        GradientCase("Conv1D", [2, 3, 7]) { Conv1D(3, 4, kernelSize: 3) },
        GradientCase("Conv1D groups", [2, 4, 8]) {
            Conv1D(4, 6, kernelSize: 3, stride: 2, padding: 2, dilation: 2, groups: 2)
        },
        GradientCase("Conv1D same", [2, 2, 7]) { Conv1D(2, 3, kernelSize: 4, padding: .same, dilation: 2) },
        GradientCase("Conv1D plain", [1, 2, 6]) { Conv1D(2, 3, kernelSize: 3, padding: .valid, bias: false) },
        GradientCase("Conv2D", [2, 2, 4, 5]) { Conv2D(2, 3, kernelSize: 3, padding: 1) },
        GradientCase("Conv2D oblong", [1, 2, 5, 6]) {
            Conv2D(2, 4, kernelSize: [3, 2], stride: [1, 2], padding: [2, 0], dilation: [2, 1], groups: 2)
        },
        GradientCase("Conv2D same strided", [1, 2, 4, 5]) {
            Conv2D(2, 3, kernelSize: 3, stride: 2, padding: .same)
        },
        GradientCase("Conv2D reflect", [1, 2, 4, 5]) {
            Conv2D(2, 3, kernelSize: 3, padding: [2, 1], paddingMode: .reflect)
        },
        GradientCase("Conv2D replicate", [1, 2, 4, 5]) {
            Conv2D(2, 3, kernelSize: 3, padding: 1, paddingMode: .replicate)
        },
        GradientCase("Conv2D circular", [1, 2, 4, 5]) {
            Conv2D(2, 3, kernelSize: [2, 3], padding: .same, paddingMode: .circular)
        },
        GradientCase("Conv3D", [1, 2, 3, 3, 4]) { Conv3D(2, 2, kernelSize: [1, 2, 3], padding: [0, 1, 1]) },
        GradientCase("Conv3D strided", [2, 1, 3, 4, 3]) { Conv3D(1, 2, kernelSize: 2, stride: [1, 2, 1]) },
        GradientCase("ConvTranspose1D", [2, 3, 4]) { ConvTranspose1D(3, 2, kernelSize: 3, stride: 2) },
        GradientCase("ConvTranspose1D groups", [1, 4, 3]) {
            ConvTranspose1D(4, 6, kernelSize: 3, stride: 3, padding: 1, outputPadding: 2, groups: 2, dilation: 2)
        },
        GradientCase("ConvTranspose2D", [1, 2, 3, 4]) { ConvTranspose2D(2, 3, kernelSize: 2, stride: 2) },
        GradientCase("ConvTranspose2D oblong", [1, 2, 3, 2]) {
            ConvTranspose2D(
                2, 4, kernelSize: [3, 2], stride: [2, 3], padding: [1, 0], outputPadding: [1, 2], groups: 2,
                bias: false)
        },
        GradientCase("ConvTranspose3D", [1, 2, 2, 2, 3]) {
            ConvTranspose3D(2, 1, kernelSize: 2, stride: [1, 2, 1], outputPadding: [0, 1, 0])
        },
        GradientCase("DepthwiseConv1D", [2, 3, 5]) {
            DepthwiseConv1D(3, kernelSize: 3, padding: 1, depthMultiplier: 2)
        },
        GradientCase("DepthwiseConv2D", [1, 3, 5, 4]) {
            DepthwiseConv2D(3, kernelSize: [3, 2], stride: 2, padding: 1)
        },
        GradientCase("DepthwiseConv2D multiplied", [1, 2, 4, 5]) {
            DepthwiseConv2D(2, kernelSize: 2, dilation: 2, depthMultiplier: 3)
        },
        GradientCase("SeparableConv1D", [2, 2, 7]) {
            SeparableConv1D(2, 3, kernelSize: 3, stride: 2, depthMultiplier: 2)
        },
        GradientCase("SeparableConv2D", [1, 2, 4, 5]) {
            SeparableConv2D(2, 4, kernelSize: 3, padding: 1, depthMultiplier: 2)
        },
    ]

    /// The same layers without the number of channels that go in.
    static let lazyCases: [GradientCase] = [
        GradientCase("Conv1D", [2, 3, 7]) { Conv1D(out: 4, kernelSize: 3) },
        GradientCase("Conv2D oblong", [1, 2, 5, 6]) {
            Conv2D(out: 4, kernelSize: [3, 2], stride: [1, 2], padding: [2, 0], dilation: [2, 1], groups: 2)
        },
        GradientCase("Conv3D", [1, 2, 3, 3, 4]) { Conv3D(out: 2, kernelSize: [1, 2, 3], padding: [0, 1, 1]) },
        GradientCase("ConvTranspose1D", [2, 3, 4]) { ConvTranspose1D(out: 2, kernelSize: 3, stride: 2) },
        GradientCase("ConvTranspose2D", [1, 2, 3, 4]) { ConvTranspose2D(out: 3, kernelSize: 2, stride: 2) },
        GradientCase("ConvTranspose3D", [1, 2, 2, 2, 3]) {
            ConvTranspose3D(out: 1, kernelSize: 2, stride: [1, 2, 1], outputPadding: [0, 1, 0])
        },
        GradientCase("DepthwiseConv1D", [2, 3, 5]) { DepthwiseConv1D(kernelSize: 3, padding: 1, depthMultiplier: 2) },
        GradientCase("DepthwiseConv2D", [1, 3, 5, 4]) { DepthwiseConv2D(kernelSize: [3, 2], stride: 2, padding: 1) },
        GradientCase("SeparableConv1D", [2, 2, 7]) {
            SeparableConv1D(out: 3, kernelSize: 3, stride: 2, depthMultiplier: 2)
        },
        GradientCase("SeparableConv2D", [1, 2, 4, 5]) {
            SeparableConv2D(out: 4, kernelSize: 3, padding: 1, depthMultiplier: 2)
        },
    ]

    @Test func everyCaseOfTheFixtureIsCompared() {
        #expect(Set(ConvolutionLayerTests.cases.map(\.name)) == ConvolutionLayerTests.fixture.names)
        #expect(Set(ConvolutionLayerTests.lazyCases.map(\.type)) == Set(ConvolutionLayerTests.cases.map(\.type)))
    }

    @Test(arguments: cases) func valuesAndGradientsArePyTorchs(_ row: GradientCase) throws {
        try ConvolutionLayerTests.fixture.expect(row)
    }

    @Test(arguments: lazyCases) func sizesTakenFromTheInputAreThoseTold(_ row: GradientCase) throws {
        try ConvolutionLayerTests.fixture.expect(row)
        let taken = row.make()
        #expect(!taken.isFullyBuilt)
        try taken.build(inputShape: row.input)
        let told = try #require(ConvolutionLayerTests.cases.first { $0.name == row.name }).make()
        #expect(taken.parameters.map(\.shape) == told.parameters.map(\.shape))
        taken.initialize(seed: 3)
        told.initialize(seed: 3)
        for (one, other) in zip(taken.parameters, told.parameters) {
            #expect(try one.value.array(of: Float.self) == other.value.array(of: Float.self))
        }
    }

    @Test func emptyBatchesGiveEmptyResults() throws { try ConvolutionLayerTests.cases.expectEmptyBatches() }

    @Test func weightsBeginWithinPyTorchsBounds() throws {
        // The last size of each: how many elements of the input one of the output comes of.
        let rows: [(any Layer, [Double])] = [
            (Conv1D(8, 40, kernelSize: 5), [40, 40]), (Conv2D(8, 40, kernelSize: [2, 3], groups: 2), [24, 24]),
            (ConvTranspose2D(40, 8, kernelSize: [2, 3], groups: 2), [24, 24]),
            (DepthwiseConv2D(80, kernelSize: 3), [9, 9]), (SeparableConv1D(40, 8, kernelSize: 6), [6, 40, 40]),
        ]
        for (layer, fans) in rows {
            layer.initialize(seed: 1)
            for ((name, parameter), fan) in zip(layer.namedParameters, fans) {
                let (bound, values) = (1 / fan.squareRoot(), try parameter.value.array(of: Float.self).map(Double.init))
                let largest = values.map(abs).max() ?? 0
                #expect(largest <= bound && largest > 0.8 * bound, "\(type(of: layer)).\(name): \(largest), \(bound)")
            }
        }
    }

    @Test func kerasWeightsGiveKerasOutputs() throws {
        let keras = GradientFixture("keras_convolutions")
        let rows: [(GradientCase, String)] = [
            (GradientCase("Conv1D", [2, 3, 7]) { Conv1D(3, 4, kernelSize: 3) }, "conv1d"),
            (GradientCase("Conv2D", [1, 2, 4, 5]) { Conv2D(2, 4, kernelSize: [3, 2], groups: 2) }, "conv2d"),
            (
                GradientCase("Conv2D same strided", [1, 2, 4, 5]) {
                    Conv2D(2, 3, kernelSize: 3, stride: 2, padding: .same)
                }, "conv2d"
            ),
            (GradientCase("Conv3D", [1, 2, 3, 3, 4]) { Conv3D(2, 2, kernelSize: [1, 2, 3]) }, "conv3d"),
            (
                GradientCase("ConvTranspose1D", [2, 3, 4]) { ConvTranspose1D(3, 2, kernelSize: 3, stride: 2) },
                "conv1d_transpose"
            ),
            (
                GradientCase("ConvTranspose2D", [1, 2, 3, 4]) { ConvTranspose2D(2, 3, kernelSize: 3, stride: 2) },
                "conv2d_transpose"
            ),
            (
                GradientCase("ConvTranspose3D", [1, 2, 2, 2, 3]) { ConvTranspose3D(2, 1, kernelSize: 2, stride: 2) },
                "conv3d_transpose"
            ),
            (
                GradientCase("DepthwiseConv1D", [2, 3, 5]) { DepthwiseConv1D(3, kernelSize: 3, depthMultiplier: 2) },
                "depthwise_conv1d"
            ),
            (
                GradientCase("DepthwiseConv2D", [1, 3, 5, 4]) {
                    DepthwiseConv2D(3, kernelSize: [3, 2], depthMultiplier: 2)
                }, "depthwise_conv2d"
            ),
            (
                GradientCase("SeparableConv1D", [2, 2, 7]) {
                    SeparableConv1D(2, 3, kernelSize: 3, depthMultiplier: 2)
                }, "separable_conv1d"
            ),
            (
                GradientCase("SeparableConv2D", [1, 2, 4, 5]) {
                    SeparableConv2D(2, 4, kernelSize: [3, 2], depthMultiplier: 2)
                }, "separable_conv2d"
            ),
        ]
        #expect(Set(rows.map(\.0.name)) == keras.names)
        for (row, kerasName) in rows {
            let layer = row.make()
            #expect(layer.kerasName == kerasName)
            for (index, weight) in layer.kerasWeights.enumerated() {
                let stored = try keras.shape(row.name, "weight \(index)")
                #expect(try #require(weight.stored).shape == stored, "\(row.name)")
                weight.assign(stored: sineRamp(stored))
            }
            let output = try withTensorErrors { layer(sineRamp(row.input)) }
            try keras.expectShape(output.shape, row.name)
            try keras.expect(output.detached(), row.name, "output")
        }
    }

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
                == "ConvTranspose1D: outputPadding is 1, but must be smaller than the stride, 1")
        #expect(mistake("DepthwiseConv1D", [:]).contains("needs 'kernel_size'"))
        #expect(mistake("SeparableConv2D", ["kernel_size": "3"]).contains("needs 'out_channels'"))
    }
}
