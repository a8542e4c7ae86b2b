// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingNN
import Testing

private let reference = Reference("sequence_models")

/// Autoencoders with PyTorch's weights give PyTorch's numbers and gradients.
@Suite struct GenerativeModelTests {
    private func smallVAE(beta: Double = 1) throws -> VAE {
        let vae = VAE(6, hidden: [4], latent: 2, beta: beta)
        try vae.build(inputShape: [1, 1, 2, 3])
        return vae
    }

    @Test func autoencoderReconstructsInItsInputsShape() throws {
        let net = Autoencoder(6, hidden: [4], latent: 2)
        try reference.expectPass("autoencoder", net, [numbers([3, 1, 2, 3])]) { net($0[0]) }
    }

    @Test func evaluationDecodesTheMean() throws {
        let vae = try smallVAE()
        try reference.expectPass("vae", vae, [numbers([3, 1, 2, 3])]) {
            // A term without effect gives the map to the variance a gradient, as in the generator.
            let output = vae($0[0])
            return output + vae.encode($0[0]).logVariance.sum() * 0
        }
    }

    @Test func divergenceIsAddedToTheLoss() throws {
        let vae = try smallVAE(beta: 0.25)
        try reference.expectPass("vae kl", vae, [numbers([3, 1, 2, 3])]) {
            let output = vae($0[0])
            let terms = ForwardContext.takeLosses()
            #expect(terms.map(\.name) == ["kl"])
            #expect(ForwardContext.takeLosses().isEmpty)
            return terms[0].value + output.sum() * 0
        }
    }

    @Test func trainingDecodesADrawFromTheStepsStream() throws {
        let vae = try smallVAE()
        for (place, parameter) in vae.parameters.enumerated() {
            parameter.value = numbers(parameter.shape, place, scale: 0.5)
        }
        let input = numbers([3, 1, 2, 3])
        func train(_ seed: UInt64) throws -> Tensor {
            try withTensorErrors { ForwardContext.run(.training, random: RandomStream(seed: seed)) { vae(input) } }
        }
        var stream = RandomStream(seed: 5)
        let noise = Tensor.normal([3, 2], from: &stream, dtype: .float64)
        let (mean, logVariance) = vae.encode(input)
        let expected = vae.decoder(mean + (logVariance * 0.5).exp() * noise).reshaped(to: [3, 1, 2, 3])
        let found = try train(5).array(of: Double.self)
        for (value, wanted) in zip(found, try expected.array(of: Double.self)) { #expect(abs(value - wanted) < 1e-12) }
        #expect(try train(6).array(of: Double.self) != found)
    }

    @Test func samplesFollowFromTheirSeed() throws {
        let vae = try smallVAE()
        vae.initialize(seed: 1)
        let samples = try vae.sample(4, seed: 2)
        #expect(samples.shape == [4, 6])
        #expect(try vae.sample(4, seed: 2).array(of: Float.self) == samples.array(of: Float.self))
        #expect(try vae.sample(4, seed: 3).array(of: Float.self) != samples.array(of: Float.self))
    }

    @Test func termsOfOneNameAreSummedUp() throws {
        let terms = ForwardContext.run(.training, random: RandomStream(seed: 0)) {
            ForwardContext.addLoss("a", Tensor(1.0))
            ForwardContext.addLoss("b", Tensor(2.0))
            ForwardContext.addLoss("a", Tensor(4.0))
            return ForwardContext.takeLosses()
        }
        #expect(terms.map(\.name) == ["a", "b"])
        #expect(try terms.map { try $0.value.item() } == [5, 2])
        ForwardContext.addLoss("a", Tensor(1.0))
        #expect(ForwardContext.takeLosses().isEmpty)
    }

    @Test func recipesMakeBothWaysOfAutoencoders() throws {
        for type in ["Autoencoder", "VAE"] {
            let made = try layerFromRecipe(type, ["in_features": "6", "hidden": "[4]", "latent": "2"]).get()
            #expect(try made.predict(.zeros([2, 1, 2, 3])).shape == [2, 1, 2, 3])
            let error = layerFromRecipe(type, ["latent": "2"])
            guard case .failure(let mistake) = error else { Issue.record("\(type) needs no features"); continue }
            #expect(mistake.message == "\(type): in_features is needed unless encoder and decoder are both given")
            guard case .failure = layerFromRecipe(type, ["in_features": "6", "latent": "0"]) else {
                Issue.record("\(type) took no latent numbers")
                continue
            }
        }
        guard case .failure = layerFromRecipe("VAE", ["in_features": "6", "beta": "-1"]) else {
            Issue.record("a negative beta was taken")
            return
        }
    }

    @Test func impossibleSizesAreErrors() {
        #expect(mistake { VAE(6, latent: 0)(.zeros([2, 6])) }?.code == .invalidValue)
        #expect(mistake { VAE(6, latent: 2, beta: -1)(.zeros([2, 6])) }?.code == .invalidValue)
        #expect(mistake { VAE(6, latent: 2)(.zeros([2, 5])) }?.code == .shapeMismatch)
        #expect(mistake { Autoencoder(6)(.zeros([2, 5])) }?.code == .shapeMismatch)
        #expect(
            mistake { Autoencoder(encoder: Linear(6, 2), decoder: Linear(2, 5))(.zeros([2, 6])) }?.code
                == .shapeMismatch)
    }

    @Test func emptyBatchesGiveEmptyResults() throws {
        #expect(try smallVAE().predict(.zeros([0, 1, 2, 3])).shape == [0, 1, 2, 3])
        #expect(try Autoencoder(6).predict(.zeros([0, 6])).shape == [0, 6])
        let gpt = GPT(vocabularySize: 11, blockSize: 6, layers: 1, heads: 2, width: 8)
        #expect(try gpt.predict(.zeros([0, 5], dtype: .int64)).shape == [0, 5, 11])
        #expect(try LSTMClassifier(4, hidden: 3, numClasses: 5).predict(.zeros([0, 2, 4])).shape == [0, 5])
    }
}
