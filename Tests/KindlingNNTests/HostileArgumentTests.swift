// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingNN
import Testing

/// Numbers at the ends of what there is, in every argument of layers that move windows, sizes and axes.
@Suite struct HostileArgumentTests {
    static let numbers = [Int.min, Int.min + 1, -2, -1, 0, 1, 2, 3, Int(Int32.max), Int(Int32.max) + 1, Int.max]

    /// Makes a layer and shows it an input without values: what comes is a result or an error, never the end.
    private func show(_ input: Shape, _ make: () -> any Layer) {
        let layer = make()
        do {
            let shape = try withTensorErrors { withDevice(.meta) { layer(.zeros(input, on: .meta)) } }.shape
            #expect(shape.isValid, "\(type(of: layer)) gave \(shape)")
        } catch {
            #expect(error is TensorError)
        }
    }

    @Test func convolutionsNeverTrap() {
        for one in HostileArgumentTests.numbers {
            show([1, 2, 5]) { Conv1D(one, 2, kernelSize: 3) }
            show([1, 2, 5]) { Conv1D(2, one, kernelSize: 3) }
            show([1, 2, 5]) { Conv1D(out: one, kernelSize: 3) }
            show([1, 2, 5]) { ConvTranspose1D(one, 2, kernelSize: 3) }
            show([1, 2, 5]) { ConvTranspose1D(2, one, kernelSize: 3) }
            show([1, 2, 5]) { DepthwiseConv1D(one, kernelSize: 3) }
            show([1, 2, 5]) { DepthwiseConv1D(kernelSize: 3, depthMultiplier: one) }
            show([1, 2, 5]) { SeparableConv1D(one, 2, kernelSize: 3) }
            show([1, 2, 5]) { SeparableConv1D(2, one, kernelSize: 3, depthMultiplier: one) }
            for other in HostileArgumentTests.numbers {
                show([1, 2, 5, 5]) { Conv2D(2, 2, kernelSize: one, stride: other) }
                show([1, 2, 5, 5]) { Conv2D(2, 2, kernelSize: [one, other], padding: .same) }
                show([1, 2, 5, 5]) { Conv2D(2, 2, kernelSize: 2, padding: one, dilation: other) }
                show([1, 2, 5, 5]) { Conv2D(out: one, kernelSize: 3, groups: other) }
                show([1, 2, 5, 5]) {
                    Conv2D(2, 2, kernelSize: one, padding: .same, dilation: other, paddingMode: .replicate)
                }
                show([1, 2, 5, 5]) { Conv2D(2, 2, kernelSize: 2, padding: [one, other], paddingMode: .circular) }
                show([1, 2, 5, 5]) { ConvTranspose2D(2, 2, kernelSize: one, stride: other) }
                show([1, 2, 5, 5]) { ConvTranspose2D(2, 2, kernelSize: 3, padding: one, dilation: other) }
                show([1, 2, 5, 5]) { ConvTranspose2D(2, 2, kernelSize: 3, stride: one, outputPadding: other) }
                show([1, 2, 5, 5]) { ConvTranspose2D(out: one, kernelSize: 3, groups: other) }
                show([1, 2, 5, 5]) { SeparableConv2D(2, 2, kernelSize: one, stride: other) }
            }
        }
    }

    @Test func poolingsNeverTrap() {
        for one in HostileArgumentTests.numbers {
            show([1, 2, 5]) { AdaptiveAveragePool1D(one) }
            show([1, 2, 5]) { AdaptiveMaxPool1D(one) }
            for other in HostileArgumentTests.numbers {
                show([1, 2, 5]) { MaxPool1D(one, stride: other, ceilMode: true) }
                show([1, 2, 5]) { MaxPool1D(one, padding: other, ceilMode: true) }
                show([1, 2, 5]) { MaxPool1D(2, stride: one, dilation: other, ceilMode: true) }
                show([1, 2, 5, 5]) { AveragePool2D([one, other]) }
                show([1, 2, 5, 5]) { AveragePool2D(one, padding: other, countIncludePad: false) }
            }
        }
    }

    @Test func shapeLayersNeverTrap() {
        for one in HostileArgumentTests.numbers {
            show([2, 6]) { Squeeze(one) }
            show([2, 6]) { Unsqueeze(one) }
            show([2, 6]) { RepeatVector(one) }
            show([1, 4, 6, 6]) { PixelShuffle(one) }
            show([1, 4, 6, 6]) { PixelUnshuffle(one) }
            show([2, 6]) { Softmax(axis: one) }
            show([2, 6]) { GLU(axis: one) }
            show([2, 6]) { PReLU(one) }
            show([1, 1, 3]) { Upsample(size: one) }
            for other in HostileArgumentTests.numbers {
                show([2, 6]) { Flatten(from: one, to: other) }
                show([2, 6]) { Reshape([one, other]) }
                show([2, 6]) { Unflatten(one, into: [other, 2]) }
                show([2, 6]) { Unflatten(1, into: [one, other]) }
                show([2, 6, 1]) { Permute([one, other]) }
                for mode in [PaddingMode.constant(0), .reflect, .replicate, .circular] {
                    show([1, 1, 3]) { Padding(before: one, after: other, mode: mode) }
                }
                show([1, 1, 3]) { Cropping(before: one, after: other) }
            }
        }
        for scale in [-1, 0, 1e-300, 0.1, 1e300, .infinity, .nan] {
            show([1, 1, 3]) { Upsample(scale: scale) }
            show([1, 1, 3]) { Upsample(scale: [scale], mode: .linear, alignCorners: true) }
        }
        show([2, 6]) { Reshape(Array(repeating: 1, count: 20)) }
        show([2, 6]) { Permute(Array(1...20)) }
        show([2, 6]) { Permute([]) }
        show([2, 6]) { Reshape([]) }
        show([2, 6]) { Unflatten(1, into: []) }
    }

    @Test func anyNumberOfAxesIsAnErrorOrAResult() {
        let cases =
            ConvolutionLayerTests.cases + PoolingLayerTests.cases + ShapeLayerTests.cases + ActivationLayerTests.cases
            + ConvolutionLayerTests.lazyCases
        for row in cases {
            for rank in 0...8 { show(Shape(Array(repeating: 0, count: rank)), row.make) }
            for rank in 0...8 { show(Shape.ones(rank: rank), row.make) }
        }
    }
}
