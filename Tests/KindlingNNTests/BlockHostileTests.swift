// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingNN
import Testing

/// Numbers at the ends of what there is, in every argument of norms, dropouts, embeddings, attention and recurrence.
@Suite struct BlockHostileTests {
    private static let reals = [-Double.infinity, -1, 0, 1e-300, 0.5, 1, 2, 1e300, .infinity, .nan]

    /// Makes a layer and shows it inputs, without values and with: what comes is a result or an error, never the end.
    private func show(_ input: Shape, _ dtype: DType = .float32, _ make: () -> any Layer) {
        for phase in [Phase.evaluation, .training] {
            let layer = make()
            show(input, dtype, phase, .meta, layer)
            // What would allocate much, now that its sizes are known, is shown without values alone.
            if layer.parameterCount < 10_000 { show(input, dtype, phase, .cpu, layer) }
        }
    }

    private func show(_ input: Shape, _ dtype: DType, _ phase: Phase, _ device: Device, _ layer: any Layer) {
        let stream = RandomStream(seed: 0)
        do {
            let result = try withTensorErrors {
                withDevice(device) {
                    ForwardContext.run(phase, random: stream) { layer(.zeros(input, dtype: dtype, on: device)) }
                }
            }
            #expect(result.shape.isValid)
        } catch {
            #expect(error is TensorError)
        }
    }

    @Test func normalizationsNeverTrap() {
        for one in HostileArgumentTests.numbers {
            show([2, 4, 3]) { BatchNorm1D(one) }
            show([2, 4, 3]) { InstanceNorm1D(one, affine: true, trackRunningStatistics: true) }
            show([2, 4, 3]) { GroupNorm(groups: one) }
            show([2, 4, 3]) { LayerNorm(one) }
            show([2, 4, 3]) { RMSNorm([one, 3]) }
            show([2, 4]) { WeightNorm(Linear(4, 3), axis: one) }
            show([2, 4]) { WeightNorm(Linear(out: 3), axis: one) }
            show([2, 4]) { SpectralNorm(Linear(4, 3), axis: one) }
            show([2, 4]) { SpectralNorm(Linear(out: 3), axis: one) }
            show([2, 4]) { SpectralNorm(Linear(4, one)) }
            show([2, 4]) { WeightNorm(Linear(one, 3)) }
            for other in HostileArgumentTests.numbers { show([2, 4, 3]) { GroupNorm(groups: one, other) } }
        }
        for real in BlockHostileTests.reals {
            show([2, 4, 3]) { BatchNorm1D(4, epsilon: real) }
            show([2, 4, 3]) { BatchNorm1D(4, momentum: real) }
            show([2, 4, 3]) { InstanceNorm1D(4, epsilon: real, momentum: real, trackRunningStatistics: true) }
            show([2, 4, 3]) { GroupNorm(groups: 2, epsilon: real) }
            show([2, 4, 3]) { LayerNorm(epsilon: real) }
            show([2, 4, 3]) { RMSNorm(epsilon: real) }
            show([2, 4]) { SpectralNorm(Linear(4, 3), epsilon: real) }
        }
        show([2, 4, 3]) { LayerNorm(Array(repeating: 1, count: 20)) }
        show([2, 4]) { SpectralNorm(LayerNorm(4)) }
        show([2, 4]) { WeightNorm(WeightNorm(Linear(4, 3))) }
    }

    @Test func dropoutsAndPositionsNeverTrap() {
        for real in BlockHostileTests.reals {
            show([2, 4, 3]) { Dropout(rate: real) }
            show([2, 4, 3]) { SpatialDropout1D(rate: real) }
            show([2, 4, 3]) { DropPath(rate: real) }
            show([2, 4, 3]) { AlphaDropout(rate: real) }
            show([2, 4, 3]) { GaussianDropout(rate: real) }
            show([2, 4, 3]) { GaussianNoise(standardDeviation: real) }
            show([2, 4, 6]) { SinusoidalPositions(base: real) }
            show([2, 4, 6]) { RotaryPositions(base: real) }
            show([2, 4], .int64) { Embedding(4, 3, maxNorm: real) }
        }
        for one in HostileArgumentTests.numbers {
            show([2, 4], .int64) { Embedding(4, 3, paddingIndex: one) }
            for other in HostileArgumentTests.numbers {
                show([2, 4], .int64) { Embedding(one, other, paddingIndex: 0) }
                show([2, 4, 6]) { LearnedPositions(one, other) }
            }
        }
    }

    @Test func attentionAndRecurrenceNeverTrap() {
        for one in HostileArgumentTests.numbers {
            show([2, 3, 4]) { RNN(one, 2) }
            show([2, 3, 4]) { GRU(hidden: one, bidirectional: true) }
            show([2, 3, 4]) { FeedForward(4, hidden: one, activation: .swiglu) }
            show([2, 3, 4]) { FeedForward(one) }
            show([2, 3, 4]) { TransformerEncoderLayer(.init(4, heads: 2, hidden: one)) }
            if one < 10_000 {  // so many layers are refused, and fewer are made
                show([2, 3, 4]) { LSTM(4, 2, layers: one) }
                show([2, 3, 4]) { TransformerEncoder(layers: one, .init(4, heads: 2, hidden: 4)) }
            }
            for other in HostileArgumentTests.numbers {
                show([2, 3, 4]) { MultiHeadAttention(one, heads: other) }
                show([2, 3, 4]) { MultiHeadAttention(4, heads: one, keyValueHeads: other) }
                show([2, 3, 4]) { TransformerEncoderLayer(.init(one, heads: other)) }
            }
        }
        show([2, 3, 4]) { TransformerEncoder(layers: .max, .init(4, heads: 2)) }
        show([2, 3, 4]) { LSTM(4, 2, layers: .max) }
        for real in BlockHostileTests.reals {
            show([2, 3, 4]) { MultiHeadAttention(4, heads: 2, dropout: real, rotaryBase: real) }
            show([2, 3, 4]) { TransformerEncoder(layers: 1, .init(4, heads: 2, dropout: real, epsilon: real)) }
            show([2, 3, 4]) { LSTM(4, 2, layers: 2, dropout: real) }
        }
    }

    @Test func anyNumberOfAxesIsAnErrorOrAResult() {
        for row in blockCases {
            for rank in 0...8 {
                show(Shape(Array(repeating: 0, count: rank)), row.dtype, row.make)
                show(Shape.ones(rank: rank), row.dtype, row.make)
                show(Shape.ones(rank: rank), row.dtype == .int64 ? .float32 : .int64, row.make)
            }
        }
    }

    @Test func lengthsAndStatesAreAnErrorOrAResult() {
        for one in HostileArgumentTests.numbers {
            let error = mistake { GRU(3, 2)(Tensor.zeros([1, 4, 3]), state: nil, lengths: [one]).output }
            #expect((error == nil) == (0...4).contains(one))
        }
        for rank in 0...8 {
            let error = mistake { GRU(3, 2)(Tensor.zeros([1, 4, 3]), state: .zeros(Shape.ones(rank: rank))).output }
            #expect(error?.code == .shapeMismatch)
        }
    }
}
