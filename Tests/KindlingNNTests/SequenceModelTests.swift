// SPDX-License-Identifier: Apache-2.0
import Glibc
import KindlingBackend
import KindlingEngine
import Testing

@testable import KindlingNN

private let reference = Reference("sequence_models")
private let tokens = Tensor([[3, 1, 4, 1, 5], [9, 2, 6, 5, 3]])

private func smallGPT() -> GPT { GPT(vocabularySize: 11, blockSize: 6, layers: 2, heads: 2, width: 8) }

/// Models of sequences and generative models, for the laws of the catalog.
let sequenceModelCases: [LayerCase] = [
    LayerCase(name: "Autoencoder", input: [2, 1, 2, 3]) { Autoencoder(6, hidden: [4], latent: 2) },
    LayerCase(name: "GPT", input: [2, 5], isOfWholeNumbers: true) { smallGPT() },
    LayerCase(name: "LSTMClassifier", input: [2, 1, 4, 3]) {
        LSTMClassifier(hidden: 3, numClasses: 5, bidirectional: true)
    },
    // The map to the variance takes no part in evaluation.
    LayerCase(name: "VAE", input: [2, 1, 2, 3], phase: .training) { VAE(6, hidden: [4], latent: 2) },
]

/// Models of sequences with PyTorch's weights give PyTorch's numbers and gradients.
@Suite struct SequenceModelTests {
    @Test func gptIsNanoGPT() throws {
        let gpt = smallGPT()
        try reference.expectPass("gpt", gpt, [tokens]) { gpt($0[0]) }
        let other = GPT(
            vocabularySize: 11, blockSize: 6, layers: 1, heads: 4, width: 8, bias: false, tiedHead: false,
            activation: .gelu)
        try reference.expectPass("gpt own head", other, [tokens]) { other($0[0]) }
    }

    @Test func gptHasThePublishedParameterCounts() {
        let small = GPT(vocabularySize: 50_257, blockSize: 1024)
        #expect(small.parameterCount == 124_439_808)
        let medium = GPT(vocabularySize: 50_257, blockSize: 1024, layers: 24, heads: 16, width: 1024)
        #expect(medium.parameterCount == 354_823_168)
        // nanoGPT's CPU setting, which has no biases, with Shakespeare's 65 characters.
        let shakespeare = GPT(vocabularySize: 65, blockSize: 64, layers: 4, heads: 4, width: 128, bias: false)
        #expect(shakespeare.parameterCount == 65 * 128 + 64 * 128 + 4 * (12 * 128 * 128 + 2 * 128) + 128)
    }

    @Test func gptBeginsAsGPT2() throws {
        let gpt = GPT(vocabularySize: 200, blockSize: 100, layers: 8, heads: 4, width: 64, tiedHead: false)
        gpt.initialize(seed: 3)
        let inner = 0.02 / 4
        for (name, parameter) in gpt.namedParameters {
            let values = try parameter.value.array(of: Double.self)
            let mean = values.reduce(0, +) / Double(values.count)
            let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
            if name.contains("orm.") || name.hasPrefix("norm.") {
                #expect(values.allSatisfy { $0 == (name.hasSuffix("weight") ? 1 : 0) }, "\(name)")
            } else if name.hasSuffix("bias") {
                #expect(values.allSatisfy { $0 == 0 }, "\(name)")
            } else {
                let wanted = name.hasSuffix("output.weight") ? inner : 0.02
                #expect(abs(deviation / wanted - 1) < 0.06, "\(name): \(deviation)")
            }
        }
    }

    @Test func placesDoNotSeeWhatFollows() throws {
        let gpt = smallGPT()
        let whole = try gpt.predict(tokens).array(of: Float.self)
        let begun = try gpt.predict(Tensor([[3, 1, 4], [9, 2, 6]])).array(of: Float.self)
        for row in 0..<2 {
            for place in 0..<33 { #expect(abs(whole[row * 55 + place] - begun[row * 33 + place]) < 1e-5) }
        }
    }

    @Test func greedyGenerationIsPyTorchs() throws {
        let gpt = GPT(vocabularySize: 11, blockSize: 6, layers: 2, heads: 2, width: 8, tiedHead: false)
        for (place, (name, parameter)) in gpt.namedParameters.enumerated() {
            let isOfNorm = name.contains("orm.")
            parameter.value =
                isOfNorm
                ? .full(parameter.shape, name.hasSuffix("weight") ? 1 : 0, dtype: .float64)
                : numbers(parameter.shape, place, scale: 0.3)
        }
        let found = try gpt.generate([3, 1], count: 12, temperature: 0)
        try reference.expect("gpt greedy", Tensor(found))
    }

    @Test func generationFollowsFromItsSeed() throws {
        let gpt = smallGPT()
        gpt.initialize(seed: 1)
        let first = try gpt.generate([0], count: 30, seed: 7)
        #expect(first.count == 30 && first.allSatisfy((0..<11).contains))
        #expect(try gpt.generate([0], count: 30, seed: 7) == first)
        #expect(try gpt.generate([0], count: 30, seed: 8) != first)
        // What came before is given again: a longer text begins as a shorter one.
        #expect(try gpt.generate([0], count: 10, seed: 7) == Array(first.prefix(10)))
        #expect(try gpt.generate([0], count: 8, topK: 1, seed: 9) == gpt.generate([0], count: 8, temperature: 0))
        #expect(try gpt.generate([0], count: 0) == [])
    }

    @Test func drawsFallByTheirShares() throws {
        // Shares 1/2, 1/4, 1/8, 1/8.
        let logits = [8.0, 4, 2, 2].map { Glibc.log($0) }
        func token(_ draw: Double, temperature: Double = 1, topK: Int? = nil) throws -> Int {
            try nextToken(logits, temperature: temperature, topK: topK, draw: draw)
        }
        #expect(try [0, 0.49, 0.51, 0.74, 0.76, 0.87, 0.88, 0.999].map { try token($0) } == [0, 0, 1, 1, 2, 2, 3, 3])
        // Of the two likeliest, two thirds and one third; a third is as likely as a fourth, which then counts, too.
        #expect(try [0.66, 0.67, 0.999].map { try token($0, topK: 2) } == [0, 1, 1])
        #expect(try token(0.999, topK: 3) == 3)
        // Half the temperature squares shares: 64 : 16 : 4 : 4.
        #expect(try [0.72, 0.73, 0.9, 0.91].map { try token($0, temperature: 0.5) } == [0, 1, 1, 2])
        #expect(throws: LayerError.self) { try nextToken([0, .nan], temperature: 1, topK: nil, draw: 0) }
        #expect(throws: LayerError.self) { try nextToken([], temperature: 1, topK: nil, draw: 0) }
    }

    @Test(arguments: [
        ("prompt", [Int](), 1, 1.0, nil as Int?), ("prompt", [11], 1, 1, nil), ("prompt", [-1], 1, 1, nil),
        ("count", [0], -1, 1, nil), ("temperature", [0], 1, -0.5, nil), ("temperature", [0], 1, .nan, nil),
        ("topK", [0], 1, 1, 0),
    ])
    func impossibleGenerationsAreRefused(
        parameter: String, prompt: [Int], count: Int, temperature: Double, topK: Int?
    ) {
        do {
            _ = try smallGPT().generate(prompt, count: count, temperature: temperature, topK: topK)
            Issue.record("\(parameter) was taken")
        } catch { #expect("\(error)".hasPrefix(parameter), "\(error)") }
    }

    @Test func longTextsAndWrongNumbersAreErrors() {
        #expect(mistake { smallGPT()(.zeros([1, 7], dtype: .int64)) }?.code == .shapeMismatch)
        #expect(mistake { smallGPT()(.zeros([7], dtype: .int64)) }?.code == .shapeMismatch)
        #expect(mistake { smallGPT()(.zeros([1, 2])) }?.code == .dtypeMismatch)
        #expect(mistake { smallGPT()(Tensor([[11]])) }?.code == .indexOutOfRange)
        let headless = GPT(vocabularySize: 11, blockSize: 6, layers: 1, heads: 3, width: 8)
        #expect(mistake { headless(.zeros([1, 2], dtype: .int64)) }?.code == .invalidValue)
        let huge = GPT(vocabularySize: .max, blockSize: 6, layers: .max, heads: 0, width: -3)
        #expect(mistake { huge(.zeros([1, 2], dtype: .int64)) }?.code == .invalidValue)
    }

    @Test func lstmReadsRowsChannelsAndTokens() throws {
        let rows = LSTMClassifier(4, hidden: 3, numClasses: 5, layers: 2, bidirectional: true)
        try reference.expectPass("lstm rows", rows, [numbers([2, 1, 3, 4])]) { rows($0[0]) }
        let channels = LSTMClassifier(hidden: 3, numClasses: 5)
        try channels.build(inputShape: [1, 2, 4, 3])
        try reference.expectPass("lstm channels", channels, [numbers([2, 2, 4, 3])]) { channels($0[0]) }
        let texts = LSTMClassifier(hidden: 3, numClasses: 2, vocabularySize: 11)
        try reference.expectPass("lstm tokens", texts, [tokens]) { texts($0[0]) }
    }

    @Test func lstmRefusesWhatItCannotRead() {
        let classifier = LSTMClassifier(4, hidden: 3, numClasses: 5)
        #expect(mistake { classifier(.zeros([2, 3, 5])) }?.code == .shapeMismatch)
        #expect(mistake { classifier(.zeros([2, 4])) }?.code == .shapeMismatch)
        #expect(mistake { LSTMClassifier(4, hidden: 0, numClasses: 5)(.zeros([2, 3, 4])) }?.code == .invalidValue)
        #expect(
            mistake { LSTMClassifier(hidden: 3, numClasses: -1, layers: .max)(.zeros([2, 3, 4])) }?.code
                == .invalidValue)
    }

    @Test func classesMayBeAlongTheLastAxis() throws {
        let classes = Tensor([[2, 0, 1], [1, 1, 0]])
        let losses: [(String, KindlingNN.CrossEntropy)] = [
            ("sequence", KindlingNN.CrossEntropy(classAxis: -1)),
            ("sequence ignored", KindlingNN.CrossEntropy(ignoredClass: 1, classAxis: 2)),
            ("sequence sum", KindlingNN.CrossEntropy(classAxis: -1, reduction: .sum)),
            ("sequence weights", KindlingNN.CrossEntropy(smoothing: 0.1, classWeights: [0.5, 1.5, 1], classAxis: -1)),
            ("sequence each", KindlingNN.CrossEntropy(classAxis: -1, reduction: .none)),
        ]
        for (name, loss) in losses {
            let logits = Parameter(numbers([2, 3, 3]))
            let value = try withTensorErrors {
                let value = loss(logits.value, classes)
                let upstream = (0..<value.elementCount).map { Glibc.cos(0.7 * Double($0)) }
                try (value * Tensor(upstream, shape: value.shape)).sum().backward()
                return value
            }
            try reference.expect(name, value)
            #expect(value.shape == (name == "sequence each" ? [2, 3] : []))
            try reference.expect("\(name)/gradient", try #require(logits.gradient))
        }
        // Where both axes fit, axis 1 it is, as with PyTorch; where one does, that.
        try reference.expect("sequence axis 1", KindlingNN.CrossEntropy()(numbers([2, 3, 3]), classes))
        let wide = numbers([2, 3, 4])
        let found = try KindlingNN.CrossEntropy()(wide, classes).array(of: Double.self)
        #expect(try KindlingNN.CrossEntropy(classAxis: -1)(wide, classes).array(of: Double.self) == found)
        let shares = KindlingNN.CrossEntropy(classAxis: -1)(
            numbers([2, 3, 3]), numbers([6, 3], 2).softmax().reshaped(to: [2, 3, 3]))
        try reference.expect("sequence probabilities", shares)
        #expect(mistake { KindlingNN.CrossEntropy(classAxis: 3)(wide, classes) } != nil)
        #expect(mistake { KindlingNN.CrossEntropy(classAxis: -4)(wide, classes) } != nil)
        #expect(mistake { KindlingNN.CrossEntropy()(wide, Tensor([[1, 2]])) }?.code == .shapeMismatch)
    }
}
