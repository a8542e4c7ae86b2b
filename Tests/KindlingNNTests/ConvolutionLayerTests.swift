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
        GradientCase("ConvTranspose1D dilated", [1, 2, 4]) {
            ConvTranspose1D(2, 2, kernelSize: 3, outputPadding: 2, dilation: 3)
        },
        GradientCase("ConvTranspose2D dilated", [1, 1, 3, 4]) {
            ConvTranspose2D(1, 2, kernelSize: 3, stride: [1, 2], padding: [1, 3], outputPadding: 2, dilation: 3)
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
                try withTensorErrors { weight.assign(stored: sineRamp(stored)) }
            }
            let output = try withTensorErrors { layer(sineRamp(row.input)) }
            try keras.expectShape(output.shape, row.name)
            try keras.expect(output.detached(), row.name, "output")
        }
    }
}
