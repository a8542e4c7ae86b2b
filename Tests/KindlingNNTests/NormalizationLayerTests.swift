// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingNN
import Testing

private let reference = Reference("normalization")
private let shapes: [Shape] = [[4, 3, 5], [2, 3, 4, 3], [2, 3, 2, 3, 2]]

private func batchNorm(_ axes: Int) -> BatchNorm {
    axes == 1 ? BatchNorm1D(3) : axes == 2 ? BatchNorm2D(3) : BatchNorm3D(3)
}

private func instanceNorm(_ axes: Int) -> InstanceNorm {
    switch axes {
    case 1: InstanceNorm1D(3, momentum: 0.3, affine: true, trackRunningStatistics: true)
    case 2: InstanceNorm2D(3, momentum: 0.3, affine: true, trackRunningStatistics: true)
    default: InstanceNorm3D(3, momentum: 0.3, affine: true, trackRunningStatistics: true)
    }
}

private func train(_ body: () throws -> Tensor) throws -> Tensor {
    try withTensorErrors { try ForwardContext.run(.training, random: RandomStream(seed: 0), body) }
}

/// Normalizations with PyTorch's weights give PyTorch's numbers and gradients.
@Suite struct NormalizationLayerTests {
    @Test(arguments: [1, 2, 3]) func batchStatisticsTrainAndRunningOnesEvaluate(_ axes: Int) throws {
        let layer = batchNorm(axes)
        layer.runningMean?.value = Tensor.zeros([3], dtype: .float64)
        layer.runningVariance?.value = Tensor.ones([3], dtype: .float64)
        let shape = shapes[axes - 1]
        try reference.expectPass("batch\(axes) training", layer, [numbers(shape)], phase: .training) { layer($0[0]) }
        try reference.expect("batch\(axes) mean", try #require(layer.runningMean).value)
        try reference.expect("batch\(axes) variance", try #require(layer.runningVariance).value)
        try reference.expectPass("batch\(axes) evaluation", layer, [numbers(shape, 1)]) { layer($0[0]) }
    }

    @Test(arguments: [1, 2, 3]) func instanceStatisticsTrainAndRunningOnesEvaluate(_ axes: Int) throws {
        let layer = instanceNorm(axes)
        layer.runningMean?.value = Tensor.zeros([3], dtype: .float64)
        layer.runningVariance?.value = Tensor.ones([3], dtype: .float64)
        let (name, shape) = ("instance\(axes)", shapes[axes - 1])
        try reference.expectPass("\(name) training", layer, [numbers(shape)], phase: .training) { layer($0[0]) }
        try reference.expect("\(name) mean", try #require(layer.runningMean).value)
        try reference.expect("\(name) variance", try #require(layer.runningVariance).value)
        try reference.expectPass("\(name) evaluation", layer, [numbers(shape, 1)]) { layer($0[0]) }
    }

    @Test func withoutParametersOrStatistics() throws {
        let batch = BatchNorm2D(3, affine: false, trackRunningStatistics: false)
        try reference.expectPass("batch bare", batch, [numbers(shapes[1])]) { batch($0[0]) }
        let instance = InstanceNorm2D()
        try reference.expectPass("instance bare", instance, [numbers(shapes[1])]) { instance($0[0]) }
        #expect(instance.parameters.isEmpty && instance.isFullyBuilt)
        let features = BatchNorm1D(3)
        try reference.expectPass("batch features", features, [numbers([5, 3])], phase: .training) { features($0[0]) }
    }

    @Test func groupsLayersAndRootMeanSquares() throws {
        let group = GroupNorm(groups: 2, 4)
        try reference.expectPass("group", group, [numbers([2, 4, 3, 2])]) { group($0[0]) }
        let layer = LayerNorm(6)
        try reference.expectPass("layer", layer, [numbers([2, 3, 6])]) { layer($0[0]) }
        let two = LayerNorm([3, 6])
        try reference.expectPass("layer two", two, [numbers([2, 3, 6])]) { two($0[0]) }
        let rms = RMSNorm(6)
        try reference.expectPass("rms", rms, [numbers([2, 3, 6])]) { rms($0[0]) }
    }

    @Test func weightsAsLengthAndDirection() throws {
        for axis in [0, 1] {
            let layer = WeightNorm(Linear(4, 3), axis: axis)
            #expect(layer.namedParameters.map(\.name) == ["layer.weight", "layer.bias", "magnitude"])
            try reference.expectPass("weight norm \(axis)", layer, [numbers([2, 4])]) { layer($0[0]) }
        }
        let convolution = Conv2D(2, 3, kernelSize: 2)
        let layer = WeightNorm(convolution)
        convolution.weight.value = numbers([3, 2, 2, 2], 0, scale: 0.5)
        convolution.bias?.value = numbers([3], 1, scale: 0.5)
        let result = try withTensorErrors { layer(numbers([1, 2, 3, 3])) }
        try reference.expect("weight norm begins", layer.magnitude.value.converted(to: .float64), tolerance: 1e-6)
        try reference.expect("weight norm convolution", result, tolerance: 1e-6)
    }

    @Test(arguments: [Phase.training, .evaluation]) func weightsByTheirLargestSingularValue(_ phase: Phase) throws {
        let layer = SpectralNorm(Linear(4, 3))
        layer.left.value = numbers([3], 3).l2Normalized()
        layer.right.value = numbers([4], 4).l2Normalized()
        let name = phase == .training ? "spectral training" : "spectral evaluation"
        try reference.expectPass(name, layer, [numbers([2, 4])], phase: phase) { layer($0[0]) }
        try reference.expect("\(name) u", layer.left.value)
        try reference.expect("\(name) v", layer.right.value)
    }

    @Test func powerIterationFindsTheLargestSingularValue() throws {
        let inner = Linear(4, 3, bias: false)
        inner.weight.value = numbers([3, 4], 0, scale: 0.5)
        let layer = SpectralNorm(inner, iterations: 50)
        let result = try train { layer(Tensor.eye(4, dtype: .float64)) }
        try reference.expect("spectral settled", result.transposed(), tolerance: 1e-6)
        let evaluated = try withTensorErrors { layer(Tensor.eye(4, dtype: .float64)) }
        try reference.expect("spectral settled", evaluated.transposed(), tolerance: 1e-6)
    }

    @Test func statisticsFollowInTrainingAlone() throws {
        for layer: any Layer in [BatchNorm2D(3), InstanceNorm2D(3, trackRunningStatistics: true)] {
            let input = numbers([2, 3, 4, 4]) + 1
            func means() throws -> [Double] { try layer.namedBuffers[0].buffer.value.array(of: Double.self) }
            _ = try withTensorErrors { layer(input) }
            _ = try train { noGrad { layer(input) } }
            _ = try train { withDevice(.meta) { layer(.zeros([2, 3, 4, 4], on: .meta)) } }
            #expect(try means() == [0, 0, 0])
            _ = try train { layer(input) }
            #expect(try means().allSatisfy { $0 > 0.05 && $0 < 0.15 })
            #expect(layer.namedBuffers.allSatisfy { $0.buffer.dtype == .float32 })
        }
        // A part that is recomputed for its gradient counts once.
        let (once, plain) = (BatchNorm1D(3), BatchNorm1D(3))
        let input = Parameter(numbers([5, 3]) + 1)
        let pass = try train { recomputed([input.value]) { once($0[0]) }.sum() }
        try pass.backward()
        _ = try train { plain(input.value) }
        #expect(
            try once.namedBuffers[0].buffer.value.array(of: Float.self)
                == plain.namedBuffers[0].buffer.value.array(of: Float.self))
    }

    @Test func sizesComeFromTheFirstInput() throws {
        let cases: [(any Layer, Shape, Int)] = [
            (BatchNorm1D(), [4, 3], 6), (BatchNorm2D(), [2, 3, 4, 4], 6), (GroupNorm(groups: 2), [2, 4, 3], 8),
            (LayerNorm(), [2, 7], 14), (RMSNorm(), [2, 7], 7), (WeightNorm(Linear(out: 3)), [2, 4], 18),
            (InstanceNorm1D(affine: true), [2, 3, 4], 6), (SpectralNorm(Linear(out: 3)), [2, 4], 15),
        ]
        for (layer, shape, count) in cases {
            #expect(!layer.isFullyBuilt)
            try layer.build(inputShape: shape)
            #expect(layer.parameterCount == count && layer.isFullyBuilt)
            #expect(try withTensorErrors { layer(Tensor.ones(shape)) }.shape.rank == shape.rank)
        }
    }

    @Test func kerasKeepsTheSameWeightsInThisOrder() {
        let layer = BatchNorm2D(3)
        #expect(layer.kerasName == "batch_normalization")
        #expect(layer.kerasWeights.count == 4)
        #expect(layer.namedParameters.map(\.name) == ["weight", "bias"])
        #expect(layer.namedBuffers.map(\.name) == ["runningMean", "runningVariance"])
        #expect(LayerNorm(2).kerasName == "layer_normalization" && GroupNorm(groups: 1, 2).kerasWeights.count == 2)
    }

    @Test func typesStayAndHalvesAreComputedInFloat32() throws {
        for dtype in [DType.float16, .bfloat16, .float32, .float64] {
            let input = (numbers([4, 4, 6]) * 100).converted(to: dtype)
            for layer: any Layer in [
                BatchNorm1D(4), InstanceNorm1D(4), GroupNorm(groups: 2, 4), LayerNorm(6), RMSNorm(6),
            ] {
                let result = try train { layer(input) }
                #expect(result.dtype == dtype && result.shape == input.shape)
                #expect(try result.array(of: Float.self).allSatisfy { abs($0) < 4 })
            }
        }
    }

    @Test func emptyBatches() throws {
        for layer: any Layer in [InstanceNorm2D(4), GroupNorm(groups: 2, 4), LayerNorm(5), RMSNorm(5), BatchNorm2D(4)] {
            #expect(try withTensorErrors { layer(Tensor.zeros([0, 4, 5, 5])) }.shape == [0, 4, 5, 5])
        }
        #expect(mistake { try train { BatchNorm2D(4)(Tensor.zeros([0, 4, 5, 5])) } }?.code == .shapeMismatch)
        #expect(mistake { try train { BatchNorm1D(4)(Tensor.zeros([1, 4])) } }?.code == .shapeMismatch)
    }

    @Test func wrongArgumentsAreNamed() {
        let input = Tensor.zeros([2, 4, 6])
        let cases: [(any Layer, String)] = [
            (BatchNorm1D(0), "numFeatures is 0, but must be 1 or more"),
            (BatchNorm1D(4, epsilon: -1), "epsilon is -1.0, but must be a number above 0"),
            (BatchNorm1D(4, momentum: 2), "momentum is 2.0, but must be in 0 ... 1"),
            (BatchNorm1D(.max), "numFeatures is \(Int.max), but must be a size that a tensor can have"),
            (InstanceNorm1D(-3), "numFeatures is -3, but must be 1 or more"),
            (GroupNorm(groups: 0, 4), "groups is 0, but must be 1 or more"),
            (GroupNorm(groups: 3, 4), "groups is 3, but must divide numChannels, 4"),
            (LayerNorm(0), "normalizedShape is 0, but must be 1 or more"),
            (LayerNorm([]), "normalizedShape is [], but must be 1 to 8 sizes"),
            (RMSNorm(6, epsilon: .nan), "epsilon is nan, but must be a number above 0"),
            (SpectralNorm(Linear(6, 2), iterations: 0), "iterations is 0, but must be in 1 ... 10000"),
            (SpectralNorm(Linear(6, 2), axis: 5), "axis is 5, but must be one of the weight's, [2, 6]"),
            (WeightNorm(ReLU()), "layer is ReLU, but must have a parameter 'weight' of its own"),
            (WeightNorm(Linear(6, 2), axis: 2), "axis is 2, but must be one of the weight's, [2, 6]"),
        ]
        for (layer, what) in cases {
            let error = mistake { layer(input) }
            #expect(error?.what == what)
            #expect(error?.code == .invalidValue && error?.operation == String(describing: type(of: layer)))
        }
    }

    @Test func inputsThatDoNotFitAreRefused() {
        let cases: [(any Layer, Shape)] = [
            (BatchNorm1D(4), [2, 3]), (BatchNorm1D(4), [2, 4, 3, 3]), (BatchNorm2D(4), [2, 4]),
            (BatchNorm3D(), [2, 4]),
            (BatchNorm2D(affine: false, trackRunningStatistics: false), [3]), (InstanceNorm2D(4), [2, 4, 5]),
            (InstanceNorm1D(4), [4, 5]), (GroupNorm(groups: 2, 4), [2, 6]), (GroupNorm(groups: 2), [2, 3, 4]),
            (GroupNorm(groups: 2), [3]), (LayerNorm(4), [2, 5]), (LayerNorm(), []), (LayerNorm([3, 4]), [4]),
            (RMSNorm(4), [4, 3]),
        ]
        for (layer, shape) in cases {
            #expect(mistake { layer(Tensor.zeros(shape)) }?.code == .shapeMismatch, "\(type(of: layer)) \(shape)")
        }
        #expect(mistake { LayerNorm(4)(Tensor([[1, 2, 3, 4]])) }?.code == .dtypeMismatch)
    }
}
