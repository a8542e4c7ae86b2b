// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingNN
import Testing

private func train(_ layer: any Layer, _ input: Tensor, seed: UInt64 = 1) throws -> Tensor {
    try withTensorErrors { ForwardContext.run(.training, random: RandomStream(seed: seed)) { layer(input) } }
}

private func moments(_ values: [Double]) -> (mean: Double, variance: Double) {
    let mean = values.reduce(0, +) / Double(values.count)
    return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count))
}

/// Layers that add chance do so by their formula, repeatably, and in training alone.
@Suite struct DropoutLayerTests {
    private static let layers: [@Sendable () -> any Layer] = [
        { Dropout(rate: 0.3) }, { SpatialDropout2D(rate: 0.3) }, { AlphaDropout(rate: 0.3) }, { DropPath(rate: 0.3) },
        { GaussianNoise(standardDeviation: 0.3) }, { GaussianDropout(rate: 0.3) },
    ]

    @Test(arguments: layers) func chanceFollowsFromTheStreamAndTrainingAlone(_ make: @Sendable () -> any Layer) throws {
        let (layer, input) = (make(), numbers([20, 4, 3, 3]).converted(to: .float32))
        let first = try train(layer, input).array(of: Float.self)
        #expect(try train(make(), input).array() == first)
        #expect(try train(layer, input, seed: 2).array() != first)
        let evaluated = try withTensorErrors { layer(input) }
        #expect(try evaluated.array(of: Float.self) == input.array())
        for dtype in [DType.float16, .bfloat16, .float64] {
            #expect(try train(layer, input.converted(to: dtype)).dtype == dtype)
        }
        #expect(try train(layer, Tensor.zeros([0, 4, 3, 3])).shape == [0, 4, 3, 3])
        let meta = try withDevice(.meta) { try train(layer, Tensor.zeros([2, 4, 3, 3], on: .meta)) }
        #expect(meta.shape == [2, 4, 3, 3] && meta.device == .meta)
    }

    @Test(arguments: layers) func theGradientIsThatOfWhatWasKept(_ make: @Sendable () -> any Layer) throws {
        let (layer, input) = (make(), Parameter(numbers([6, 4, 3, 3])))
        // Every layer here is linear in its input: a difference along the gradient tells the slope.
        try train(layer, input.value).sum().backward()
        let gradient = try #require(input.gradient)
        let moved = try train(layer, input.value.detached() + gradient) - train(layer, input.value.detached())
        let slope = try moved.sum().item()
        #expect(abs(slope - (try gradient.squared().sum().item())) < 1e-9 * max(1, abs(slope)))
    }

    @Test func spatialDropoutZeroesWholeChannels() throws {
        let cases: [(any Layer, Shape)] = [
            (SpatialDropout1D(rate: 0.25), [200, 50, 4]), (SpatialDropout2D(rate: 0.25), [200, 50, 2, 2]),
            (SpatialDropout3D(rate: 0.25), [200, 50, 2, 1, 2]),
        ]
        for (layer, shape) in cases {
            let found = try train(layer, .ones(shape)).array(of: Float.self)
            let channels = stride(from: 0, to: found.count, by: 4).map { found[$0..<$0 + 4] }
            #expect(channels.allSatisfy { channel in channel.allSatisfy { $0 == channel.first } })
            #expect(found.allSatisfy { $0 == 0 || abs($0 - 4 / 3) < 1e-6 })
            let dropped = channels.count { $0.first == 0 }
            #expect((2300...2700).contains(dropped))
        }
    }

    @Test func dropPathZeroesWholeSamples() throws {
        let found = try train(DropPath(rate: 0.2), .ones([10_000, 3])).array(of: Float.self)
        let samples = stride(from: 0, to: found.count, by: 3).map { found[$0..<$0 + 3] }
        #expect(samples.allSatisfy { $0.allSatisfy { $0 == 0 } || $0.allSatisfy { abs($0 - 1.25) < 1e-6 } })
        #expect((1850...2150).contains(samples.count { $0.first == 0 }))
    }

    @Test func alphaDropoutKeepsMeanAndVariance() throws {
        var stream = RandomStream(seed: 9)
        let input = Tensor.normal([300, 300], from: &stream, dtype: .float64)
        let (mean, variance) = moments(try train(AlphaDropout(rate: 0.4), input).array())
        #expect(abs(mean) < 0.02 && abs(variance - 1) < 0.03)
        // PyTorch's two values for inputs of 1.
        let found = Set(try train(AlphaDropout(rate: 0.4), .ones([100], dtype: .float64)).array(of: Double.self))
        #expect(found.count == 2)
        for wanted in [-0.9106419695548393, 1.4703772724774749] {
            #expect(found.contains { abs($0 - wanted) < 1e-12 })
        }
    }

    @Test func gaussianNoiseHasItsMoments() throws {
        let input = Tensor.full([400, 400], 2, dtype: .float64)
        let added = moments(try train(GaussianNoise(standardDeviation: 0.5), input).array())
        #expect(abs(added.mean - 2) < 0.01 && abs(added.variance - 0.25) < 0.005)
        let multiplied = moments(try train(GaussianDropout(rate: 0.2), input).array())
        #expect(abs(multiplied.mean - 2) < 0.015 && abs(multiplied.variance - 1) < 0.02)
    }

    @Test func theEndsOfTheRange() throws {
        let input = Tensor.full([4, 4, 2, 2], 3)
        for layer: any Layer in [Dropout(rate: 1), SpatialDropout2D(rate: 1), DropPath(rate: 1), AlphaDropout(rate: 1)]
        {
            #expect(try train(layer, input).array(of: Float.self).allSatisfy { $0 == 0 })
        }
        for layer: any Layer in [
            Dropout(rate: 0), SpatialDropout2D(rate: 0), DropPath(rate: 0), AlphaDropout(rate: 0),
            GaussianNoise(standardDeviation: 0), GaussianDropout(rate: 0),
        ] {
            #expect(try train(layer, input).array(of: Float.self).allSatisfy { $0 == 3 })
        }
        let infinite = try train(DropPath(rate: 0.5), .full([100, 1], .infinity)).array(of: Float.self)
        #expect(infinite.allSatisfy { $0 == 0 || $0 == .infinity } && infinite.contains(0))
    }

    @Test func wrongArgumentsAreNamed() {
        let cases: [(any Layer, String)] = [
            (Dropout(rate: -0.1), "rate is -0.1, but must be in 0 ... 1"),
            (Dropout(rate: .nan), "rate is nan, but must be in 0 ... 1"),
            (SpatialDropout2D(rate: 1.5), "rate is 1.5, but must be in 0 ... 1"),
            (AlphaDropout(rate: -1), "rate is -1.0, but must be in 0 ... 1"),
            (DropPath(rate: 2), "rate is 2.0, but must be in 0 ... 1"),
            (GaussianNoise(standardDeviation: -1), "standardDeviation is -1.0, but must be a number of 0 or more"),
            (GaussianDropout(rate: 1), "rate is 1.0, but must be in 0 ..< 1"),
        ]
        for (layer, what) in cases {
            let error = mistake { layer(Tensor.zeros([2, 3, 4, 4])) }
            #expect(error?.what == what && error?.operation == String(describing: type(of: layer)))
        }
    }

    @Test func inputsThatDoNotFitAreRefused() {
        #expect(mistake { SpatialDropout2D()(Tensor.zeros([2, 3, 4])) }?.code == .shapeMismatch)
        #expect(mistake { SpatialDropout1D()(Tensor.zeros([2, 3])) }?.code == .shapeMismatch)
        #expect(mistake { DropPath()(Tensor.zeros([])) }?.code == .shapeMismatch)
        #expect(mistake { try train(Dropout(rate: 0.5), Tensor([1, 2] as [Int])) }?.code == .dtypeMismatch)
    }
}
