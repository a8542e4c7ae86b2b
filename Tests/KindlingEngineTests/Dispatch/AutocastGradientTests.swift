// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingBackend
import Testing

@testable import KindlingEngine

/// Losses and gradients under the standard policy in bfloat16, against PyTorch's autocast; see `make_autocast.py`.
///
/// Both sides round products to 8 bits of precision, at places that differ in part: PyTorch sums biases before it rounds
/// where it fuses them, gives layer norms back in float32, and keeps the attention's probabilities in bfloat16. What is
/// compared is the largest difference, in parts of the largest gradient of that parameter. PyTorch's own bfloat16 gradients
/// are as far from its float32 ones as the comments behind the rows say.
@Suite struct AutocastGradientTests {
    struct Numbers: Decodable {
        let shape: [Int]
        let values: [Float]
        var tensor: Tensor { Tensor(values, shape: Shape(shape)) }
    }
    struct Fixture: Decodable {
        let input: Numbers
        let parameters: [String: Numbers]
        let loss: Double
        let gradients: [String: [Float]]
        let halfLoss: Double
        let halfGradients: [String: [Float]]
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        /// Of the loss in bfloat16, relative.
        let lossTolerance: Double
        /// Of gradients in bfloat16.
        let tolerance: Double
        var testDescription: String { name }
    }

    /// 2⁻⁸, the spacing of bfloat16, is the unit.
    static let rows = [
        Row(name: "mlp", lossTolerance: 1.0 / 256, tolerance: 2.0 / 256),  // 1.0
        Row(name: "convolution", lossTolerance: 1.0 / 256, tolerance: 6.0 / 256),  // 4.0
        Row(name: "attention", lossTolerance: 1.0 / 256, tolerance: 3.0 / 256),  // 1.9
        Row(name: "lstm", lossTolerance: 1.0 / 256, tolerance: 4.0 / 256),  // 2.0
    ]

    private func fixtures(from source: String = #filePath) throws -> [String: Fixture] {
        let folder = URL(fileURLWithPath: source).deletingLastPathComponent().deletingLastPathComponent()
        return try JSONDecoder().decode(
            [String: Fixture].self, from: Data(contentsOf: folder.appendingPathComponent("Fixtures/autocast.json")))
    }

    /// The loss and the gradients by name.
    private func run(
        _ name: String, _ fixture: Fixture, under policy: PrecisionPolicy?
    ) throws -> (loss: Double, gradients: [String: [Float]]) {
        let parameters = fixture.parameters.mapValues { Parameter($0.tensor) }
        let loss = try withTensorErrors {
            try withPrecision(policy) {
                let values = try Values(parameters: parameters)
                return try values.loss(name, fixture.input.tensor)
            }
        }
        try loss.backward()
        return (
            try loss.item(),
            try parameters.mapValues { parameter in
                let gradient = try #require(parameter.gradient)
                #expect(gradient.dtype == .float32)
                return try gradient.array(of: Float.self)
            }
        )
    }

    private struct Values {
        let parameters: [String: Parameter]
        subscript(name: String) -> Tensor {
            get throws { try #require(parameters[name]).value }
        }

        func loss(_ name: String, _ x: Tensor) throws -> Tensor {
            func classes(_ count: Int) -> Tensor { Tensor((0..<count).map { $0 % 3 }) }
            switch name {
            case "mlp":
                let hidden = x.linear(weight: try self["first"], bias: try self["firstBias"]).relu()
                return hidden.linear(weight: try self["second"], bias: try self["secondBias"])
                    .crossEntropy(classes: classes(8))
            case "convolution":
                let first = x.convolved(weight: try self["first"], padding: [1])
                let normal = first.batchNormalized(weight: try self["scale"], bias: try self["shift"]).result.relu()
                let second = normal.maxPooled(size: [2, 2])
                    .convolved(weight: try self["second"], stride: [2], padding: [1])
                return second.reshaped(to: [4, 32]).linear(weight: try self["head"], bias: nil)
                    .crossEntropy(classes: classes(4))
            case "attention":
                let normal = x.layerNormalized(weight: try self["scale"], bias: try self["shift"])
                let parts = try ["query", "key", "value"].map { part in
                    normal.linear(weight: try self[part], bias: nil).reshaped(to: [2, 6, 2, 4]).transposed(1, 2)
                }
                let seen = parts[0].scaledDotProductAttention(key: parts[1], value: parts[2], causal: true)
                    .transposed(1, 2).reshaped(to: [2, 6, 8])
                let sum = x + seen.linear(weight: try self["output"], bias: nil)
                let wide = sum.linear(weight: try self["wide"], bias: nil).gelu()
                return (wide.linear(weight: try self["narrow"], bias: nil) + sum).squared().mean()
            case "lstm":
                let weights = RecurrentWeights(
                    input: try self["input"], hidden: try self["hidden"], inputBias: try self["bias"])
                return x.lstm(weights).hidden.linear(weight: try self["head"], bias: nil)
                    .crossEntropy(classes: classes(4))
            default: throw Unknown(name: name)
            }
        }
    }

    private struct Unknown: Error { let name: String }

    private func distance(_ found: [Float], _ expected: [Float]) -> Double {
        let largest = expected.map { abs($0) }.max() ?? 0
        guard found.count == expected.count, largest > 0 else { return .infinity }
        return Double(zip(found, expected).map { abs($0 - $1) }.max() ?? 0) / Double(largest)
    }

    @Test(arguments: rows) func gradientsAreThoseOfAutocast(_ row: Row) throws {
        let fixture = try #require(try fixtures()[row.name])
        let found = try run(row.name, fixture, under: PrecisionPolicy(.bfloat16))
        #expect(abs(found.loss - fixture.halfLoss) <= row.lossTolerance * abs(fixture.halfLoss))
        for (name, expected) in fixture.halfGradients {
            let own = try #require(found.gradients[name])
            let distance = distance(own, expected)
            #expect(distance <= row.tolerance, "\(name): \(distance * 256) / 256")
        }
    }

    @Test(arguments: rows) func gradientsInFloat32AreThoseWithoutAutocast(_ row: Row) throws {
        let fixture = try #require(try fixtures()[row.name])
        let found = try run(row.name, fixture, under: nil)
        #expect(abs(found.loss - fixture.loss) <= 1e-6 * abs(fixture.loss))
        for (name, expected) in fixture.gradients {
            #expect(distance(try #require(found.gradients[name]), expected) <= 1e-5, "\(name)")
        }
    }
}
