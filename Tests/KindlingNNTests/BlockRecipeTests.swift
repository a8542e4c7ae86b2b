// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingNN
import Testing

/// Recipes make normalization, dropout, embedding, attention, transformer and recurrent layers, and hear of mistakes.
@Suite struct BlockRecipeTests {
    @Test func layersAreMadeFromTheirDefaults() throws {
        let required: [String: KeyValuePairs<String, String>] = [
            "Embedding": ["num_embeddings": "4", "embedding_dim": "3"], "LearnedPositions": ["count": "4"],
            "MultiHeadAttention": ["width": "6", "heads": "2"], "FeedForward": ["width": "5"],
            "TransformerEncoderLayer": ["width": "6", "heads": "2"],
            "TransformerEncoder": ["layers": "2", "width": "6", "heads": "2"], "RNN": ["hidden_size": "2"],
            "GRU": ["hidden_size": "2"], "LSTM": ["hidden_size": "2"], "GroupNorm": ["groups": "2"],
        ]
        for row in blockCases where !["WeightNorm", "SpectralNorm"].contains(row.name) {
            let layer = try layerFromRecipe(row.name, required[row.name] ?? [:]).get()
            #expect(String(describing: type(of: layer)) == row.name)
            let input = Tensor.ones(row.input, dtype: row.dtype)
            #expect(try withTensorErrors { layer(input) }.shape[0] == row.input[0])
        }
    }

    @Test func argumentsReachTheLayer() throws {
        let norm = try layerFromRecipe("LayerNorm", ["normalized_shape": "6", "bias": "false"]).get()
        #expect(norm.namedParameters.map(\.name) == ["weight"] && norm.parameterCount == 6)
        #expect(try layerFromRecipe("RMSNorm", ["normalized_shape": "[3, 6]"]).get().parameterCount == 18)
        let net = try layerFromRecipe(
            "LSTM",
            [
                "input_size": "50", "hidden_size": "100", "layers": "2", "bidirectional": "true", "dropout": "0.1",
                "returns_sequences": "false",
            ]
        ).get()
        #expect(net.parameterCount == 363_200)
        #expect(try withTensorErrors { net(Tensor.zeros([2, 3, 50])) }.shape == [2, 200])
        let layer = try layerFromRecipe(
            "TransformerEncoderLayer",
            [
                "width": "8", "heads": "4", "hidden": "16", "key_value_heads": "2", "activation": "swiglu",
                "norm_first": "true", "norm": "rms", "bias": "false", "causal": "true", "rotary_base": "100",
            ]
        ).get()
        #expect(layer.parameterCount == 2 * 64 + 2 * 32 + 3 * 128 + 2 * 8)
    }

    @Test func impossibleArgumentsAreRefused() {
        func mistake(_ type: String, _ fields: KeyValuePairs<String, String>) -> String {
            switch layerFromRecipe(type, fields) {
            case .success: "none"
            case .failure(let mistake): mistake.message
            }
        }
        #expect(
            mistake("GroupNorm", ["groups": "3", "num_channels": "4"])
                == "GroupNorm: groups is 3, but must divide numChannels, 4")
        #expect(mistake("BatchNorm2D", ["num_features": "0"]) == "expected at least 1, found '0'")
        #expect(mistake("BatchNorm2D", ["epsilon": "-1"]) == "expected above 0, found '-1'")
        #expect(mistake("SpatialDropout2D", ["rate": "-1"]) == "expected 0 ... 1, found '-1'")
        #expect(
            mistake("Embedding", ["num_embeddings": "4", "embedding_dim": "3", "padding_index": "4"])
                == "Embedding: paddingIndex is 4, but must name one of the 4 rows")
        #expect(mistake("MultiHeadAttention", ["width": "6", "heads": "0"]) == "expected at least 1, found '0'")
        #expect(
            mistake("MultiHeadAttention", ["width": "6", "heads": "4"])
                == "MultiHeadAttention: heads is 4, but must divide width, 6")
        #expect(
            mistake("TransformerEncoder", ["layers": "20000", "width": "6", "heads": "2"])
                == "TransformerEncoder: layers is 20000, but must be in 1 ... 10000")
        #expect(mistake("LSTM", ["hidden_size": "4", "dropout": "2"]) == "expected 0 ... 1, found '2'")
    }
}
