// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingTesting
import Testing

/// That every public operation is driven with three wrong inputs at least, and that each of them is thrown.
@Suite struct WrongInputCountTests {
    /// What no operation can take, whatever it computes.
    private enum Mistake: CaseIterable {
        /// The result of an operation that failed.
        case failed
        /// More elements than there is memory for.
        case tooLarge
        /// An input on another device than the first one's.
        case elsewhere
        /// A NaN where anomalies are looked for.
        case notFinite

        /// Whether an operation must refuse it in place of one of its inputs.
        func concerns(_ row: OpCase, _ inputs: [Tensor], _ place: Int) -> Bool {
            switch self {
            case .failed: true
            case .tooLarge: inputs.count == 1 && !WrongInputCountTests.views.contains(row.operation)
            case .elsewhere: place > 0
            case .notFinite: WrongInputCountTests.takesAnyTensor.contains(row.operation)
            }
        }

        func applied(to input: Tensor) -> Tensor {
            switch self {
            case .failed: return Tensor.zeros(input.shape, dtype: input.dtype).reshaped(to: [7, 11, 13])
            case .tooLarge:
                // One number in memory.
                var shape: Shape = input.rank == 0 ? [1] : input.shape
                shape[0] = 1 << 50
                return Tensor.zeros([], dtype: input.dtype).expanded(to: shape)
            case .elsewhere: return .zeros(input.shape, dtype: input.dtype, on: .meta)
            case .notFinite: return .full(input.shape, .nan, dtype: .float32)
            }
        }
    }

    /// Operations that only look at the same memory otherwise: there is no size that they cannot look at.
    private static let views: Set<String> = [
        "insertingAxis", "permuted", "transposed", "sliced", "squeezed", "movingAxis", "diagonal", "trace", "subscript",
        // The tensor itself in their first rows: with probability 0, and to its own type.
        "dropout", "converted",
    ]

    /// Functions of each element by itself and of any number: they refuse nothing but what every operation refuses.
    private static let takesAnyTensor: Set<String> = [
        "abs", "acos", "acosh", "asin", "asinh", "atan", "atanh", "ceiling", "cos", "cosh", "elu", "erf", "exp", "exp2",
        "expm1", "floor", "gelu", "hardSigmoid", "hardSwish", "hardTanh", "leakyReLU", "log", "log10", "log1p", "log2",
        "logSigmoid", "mish", "quickGELU", "reciprocal", "reciprocalSquareRoot", "relu", "relu6", "reluSquared",
        "rounded", "rrelu", "selu", "sigmoid", "sign", "silu", "sin", "sinc", "sinh", "softsign", "sparsePlus",
        "sparseSigmoid", "squareRoot", "squared", "tan", "tanh", "tanhShrink", "thresholded", "truncated",
    ]

    /// What was thrown, by `body` or by an operation in it.
    private static func error(_ body: () throws -> Void) -> TensorError? {
        do { try withTensorErrors(body) } catch { return error as? TensorError }
        return nil
    }

    /// The mistakes that every operation must refuse, made at every input of its first row; how many were thrown.
    private func makeCommonMistakes(_ row: OpCase) throws -> Int {
        let good = try #require(OperationFixture.all[row.description]).inputs.map { try $0.tensor() }
        var count = 0
        for place in good.indices {
            for mistake in Mistake.allCases where mistake.concerns(row, good, place) {
                let found = Self.error {
                    var wrong = good
                    wrong[place] = mistake.applied(to: good[place])
                    _ = mistake == .notFinite ? detectingAnomalies { row.apply(wrong) } : row.apply(wrong)
                }
                #expect(found?.what.isEmpty == false, "\(row), input \(place): \(mistake) was taken")
                count += 1
            }
        }
        return count
    }

    @Test func everyOperationHasThreeWrongInputsAtLeastAndThrowsAtEach() throws {
        var own: [String: Int] = [:]
        for row in ErrorCase.all { own[Self.error { _ = row.mistake() }?.operation ?? "", default: 0] += 1 }
        var listed: [String: Int] = [:]
        for (operation, mistakes) in WrongInputs.all {
            for (number, mistake) in mistakes.enumerated() {
                #expect(Self.error(mistake)?.what.isEmpty == false, "\(operation), mistake \(number) was taken")
            }
            listed[operation, default: 0] += mistakes.count
        }
        var common: [String: Int] = [:]
        for row in OpCase.all where common[row.operation] == nil {
            common[row.operation] = try makeCommonMistakes(row)
        }

        let operations = try PublicOperations.names()
        #expect(operations.count > 200)
        #expect(Set(listed.keys).union(Self.takesAnyTensor).subtracting(operations) == [])
        for operation in operations {
            let names = [operation] + PublicOperations.otherNames(operation)
            var count = listed[operation, default: 0] + names.reduce(0) { $0 + own[$1, default: 0] }
            if Self.takesAnyTensor.contains(operation) { count += common[operation, default: 0] }
            #expect(count >= 3, "\(operation) has \(count) wrong inputs; add what it must refuse to WrongInputs")
        }
    }
}
