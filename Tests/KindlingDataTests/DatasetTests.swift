// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import Testing

@testable import KindlingData

@Suite struct DatasetTests {
    @Test func bytesAreNormalisedByChannelWhenPicked() throws {
        let pixels: [UInt8] = [0, 255, 51, 102, 153, 204, 255, 0]
        let dataset = try TensorDataset(
            features: Tensor(pixels, shape: [2, 2, 1, 2]), targets: Tensor([3, 5]),
            normalization: Standardization(scale: 1.0 / 255, mean: [0.5, 0.25], standardDeviation: [0.5, 0.25]))
        let batch = try dataset.batch(at: [1, 0, 1])
        #expect(batch.inputs.shape == [3, 2, 1, 2])
        #expect(batch.inputs.dtype == .float32)
        let second: [Float] = [0.2, 0.6, 3, -1], first: [Float] = [-1, 1, -0.2, 0.6]
        let found = try batch.inputs.array(of: Float.self)
        for (value, wanted) in zip(found, second + first + second) { #expect(abs(value - wanted) < 1e-6) }
        #expect(found.count == 12)
        #expect(try batch.targets.array(of: Int.self) == [5, 3, 5])
        #expect(batch.indices == [1, 0, 1])
    }

    @Test func withoutNormalisationBytesStayBytes() throws {
        let dataset = try TensorDataset(features: Tensor([7, 8, 9] as [UInt8]), targets: Tensor([0, 1, 2]))
        #expect(try dataset.batch(at: [2]).inputs.dtype == .uint8)
        #expect(try dataset.batch(at: [2]).inputs.array(of: UInt8.self) == [9])
    }

    @Test func subsetPassesOnTheNumbersOfItsBase() throws {
        let subset = try Subset(try Subset(try numbers(), indices: [9, 8, 3]), indices: [2, 0])
        let batch = try subset.batch(at: [0, 1, 1])
        #expect(batch.indices == [3, 9, 9])
        #expect(try batch.inputs.array(of: Float.self) == [3, 9, 9])
    }

    @Test(arguments: [-1, 10, Int.max, Int.min]) func samplesThatAreNotThereAreRefused(number: Int) throws {
        let dataset = try numbers()
        #expect(mistake { _ = try dataset.batch(at: [0, number]) }?.code == .indexOutOfRange)
        #expect(mistake { _ = try Subset(dataset, indices: [number]) }?.code == .indexOutOfRange)
    }

    @Test func unequalCountsAreRefused() throws {
        #expect(
            mistake { _ = try TensorDataset(features: Tensor([1, 2, 3]), targets: Tensor([1, 2])) }?.code == .mismatch)
        #expect(mistake { _ = try TensorDataset(features: Tensor(1), targets: Tensor(1)) }?.code == .mismatch)
    }

    @Test(arguments: [
        Standardization(mean: [0, 0, 0], standardDeviation: [1, 1, 1]),
        Standardization(mean: [0], standardDeviation: [0]),
        Standardization(mean: [.nan], standardDeviation: [1]),
        Standardization(mean: [0], standardDeviation: [1, 1]),
        Standardization(mean: [], standardDeviation: []),
    ])
    func normalisationThatDoesNotFitIsRefused(normalization: Standardization) throws {
        let features = Tensor([[1, 2], [3, 4]])
        let error = mistake {
            _ = try TensorDataset(features: features, targets: Tensor([1, 2]), normalization: normalization)
        }
        #expect(error?.code == .invalidValue)
    }

    @Test func fittedNormalisationHasPopulationDeviations() throws {
        // numpy: [1, 2, 6].mean() 3, .std() 2.160246899469287; the second column is constant.
        let fitted = try Standardization(fittedTo: [[1, 0.1], [2, 0.1], [6, 0.1]])
        #expect(fitted.mean[0] == 3)
        #expect(abs(fitted.standardDeviation[0] - 2.160246899469287) < 1e-15)
        #expect(fitted.standardDeviation[1] == 1)
        #expect(mistake { _ = try Standardization(fittedTo: []) }?.code == .invalidValue)
        #expect(mistake { _ = try Standardization(fittedTo: [[1], [1, 2]]) }?.code == .invalidValue)
    }
}
