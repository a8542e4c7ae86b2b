// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Glibc
import KindlingBackend
import KindlingEngine

/// scikit-learn's figures, by case.
let fixtures: [String: [Double]] = {
    let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    guard let data = FileManager.default.contents(atPath: "\(folder)/Fixtures/metrics.json"),
        let values = try? JSONDecoder().decode([String: [Double]].self, from: data)
    else { return [:] }
    return values
}()

private func noise(_ count: Int, _ offset: Double) -> [Double] {
    (0..<count).map { place in
        let value = sin(12.9898 * Double(place) + 78.233 * offset) * 43758.5453
        return value - floor(value)
    }
}

/// The generator's inputs, by the same formulas.
enum Inputs {
    static let (rows, classCount, labelCount) = (60, 4, 3)
    static let classNumbers = noise(rows, 1).map { Int($0 * 4) }
    static let classes = Tensor(classNumbers)
    static let logits = Tensor(
        noise(rows * classCount, 2).enumerated().map { place, value in
            value * 4 - 2 + (place % classCount == classNumbers[place / classCount] ? 1.5 : 0)
        }, shape: [rows, classCount])
    static let probabilities = logits.softmax()
    static let scoreNumbers = noise(rows, 3)
    static let scores = Tensor(scoreNumbers, shape: [rows])
    static let truths = Tensor(zip(scoreNumbers, noise(rows, 4)).map { $0 + $1 > 0.9 ? 1 : 0 } as [Int])
    static let tied = Tensor(scoreNumbers.map { ($0 * 8).rounded(.toNearestOrEven) / 8 }, shape: [rows])
    private static let labelNumbers = noise(rows * labelCount, 5).map { $0 > 0.6 ? 1 : 0 }
    static let labels = Tensor(labelNumbers, shape: [rows, labelCount])
    static let labelScores = Tensor(
        zip(noise(rows * labelCount, 6), labelNumbers).map { $0 * 0.7 + Double($1) * 0.3 }, shape: [rows, labelCount])
    static let few = Tensor(classNumbers.map { $0 % 2 })
    static let fewLogits = logits - Tensor([0, 0, 0, 100] as [Double], shape: [4])
    static let yNumbers = noise(rows, 7).map { $0 * 3 + 1000 }
    static let y = Tensor(yNumbers, shape: [rows])
    static let x = Tensor(zip(yNumbers, noise(rows, 8)).map { $0 + $1 - 0.4 }, shape: [rows])
    /// Sequences of tokens from 1 to 4, padded with −1, and scores of 6 classes at 9 steps that lean to them.
    static let (steps, length, tokenClasses) = (9, 7, 6)
    private static let lengths = noise(rows, 12).map { Int($0 * 7) + 1 }
    private static let tokenNumbers = noise(rows * length, 11).enumerated().map { place, value in
        place % length < lengths[place / length] ? Int(value * 4) + 1 : -1
    }
    static let tokens = Tensor(tokenNumbers, shape: [rows, length])
    static let tokenScores = Tensor(
        noise(rows * steps * tokenClasses, 13).enumerated().map { place, value in
            let (step, symbol) = (place / tokenClasses % steps, place % tokenClasses)
            let row = place / tokenClasses / steps
            return value + (step < length && tokenNumbers[row * length + step] == symbol ? 0.7 : 0)
        }, shape: [rows, steps, tokenClasses])
    private static let columnNumbers = noise(rows * 3, 9).map { $0 * 2 - 1 }
    static let columnsY = Tensor(columnNumbers, shape: [rows, 3])
    static let columnsX = Tensor(
        zip(columnNumbers, noise(rows * 3, 10)).map { $0 * 0.7 + $1 * 0.5 }, shape: [rows, 3])
}
