// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingNN

/// Normalization, dropout, embedding, attention, transformer and recurrent layers, for the laws of the catalog.
let blockCases: [LayerCase] = [
    LayerCase(name: "AlphaDropout", input: [2, 5]) { AlphaDropout() },
    LayerCase(name: "BatchNorm1D", input: [4, 3]) { BatchNorm1D(3) },
    LayerCase(name: "BatchNorm2D", input: [2, 3, 6, 6]) { BatchNorm2D() },
    LayerCase(name: "BatchNorm3D", input: [2, 3, 2, 2, 2]) { BatchNorm3D(3) },
    LayerCase(name: "DropPath", input: [2, 5]) { DropPath() },
    LayerCase(name: "Embedding", input: [2, 5], isOfWholeNumbers: true) { Embedding(4, 3) },
    LayerCase(name: "FeedForward", input: [2, 5]) { FeedForward(5, activation: .swiglu) },
    LayerCase(name: "GRU", input: [2, 4, 3]) { GRU(3, 2) },
    LayerCase(name: "GaussianDropout", input: [2, 5]) { GaussianDropout() },
    LayerCase(name: "GaussianNoise", input: [2, 5]) { GaussianNoise() },
    LayerCase(name: "GroupNorm", input: [2, 4, 6]) { GroupNorm(groups: 2, 4) },
    LayerCase(name: "InstanceNorm1D", input: [2, 3, 6]) { InstanceNorm1D(3, affine: true) },
    LayerCase(name: "InstanceNorm2D", input: [2, 3, 6, 6]) { InstanceNorm2D(3) },
    LayerCase(name: "InstanceNorm3D", input: [2, 3, 2, 2, 2]) { InstanceNorm3D(3) },
    LayerCase(name: "LSTM", input: [2, 4, 3]) { LSTM(3, 2, layers: 2, bidirectional: true) },
    LayerCase(name: "LayerNorm", input: [2, 5]) { LayerNorm(5) },
    LayerCase(name: "LearnedPositions", input: [2, 4, 6]) { LearnedPositions(4) },
    LayerCase(name: "MultiHeadAttention", input: [2, 4, 6]) { MultiHeadAttention(6, heads: 2) },
    LayerCase(name: "RMSNorm", input: [2, 5]) { RMSNorm(5) },
    LayerCase(name: "RNN", input: [2, 4, 3]) { RNN(3, 2, returnsSequences: false) },
    LayerCase(name: "RotaryPositions", input: [2, 4, 6]) { RotaryPositions() },
    LayerCase(name: "SinusoidalPositions", input: [2, 4, 6]) { SinusoidalPositions() },
    LayerCase(name: "SpatialDropout1D", input: [2, 3, 6]) { SpatialDropout1D() },
    LayerCase(name: "SpatialDropout2D", input: [2, 3, 6, 6]) { SpatialDropout2D() },
    LayerCase(name: "SpatialDropout3D", input: [2, 3, 2, 2, 2]) { SpatialDropout3D() },
    LayerCase(name: "SpectralNorm", input: [2, 5]) { SpectralNorm(Linear(5, 3)) },
    LayerCase(name: "TransformerEncoder", input: [2, 4, 6]) {
        TransformerEncoder(layers: 2, .init(6, heads: 2, hidden: 8), finalNorm: true)
    },
    LayerCase(name: "TransformerEncoderLayer", input: [2, 4, 6]) {
        TransformerEncoderLayer(.init(6, heads: 2, hidden: 8))
    },
    LayerCase(name: "WeightNorm", input: [2, 5]) { WeightNorm(Linear(5, 3)) },
]
