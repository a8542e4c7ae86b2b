import Kindling

/// Heights of a landscape with two peaks, to try components on: inputs `[N, 2]`, targets `[N, 1]`.
public struct Peaks: DataModule {
    private let count: Int
    private let batchSize: Int

    /// Heights at random places.
    public init(count: Int = 800, batchSize: Int = 32) {
        self.count = count
        self.batchSize = batchSize
    }

    /// `Peaks`.
    public var name: String { "Peaks" }

    /// Two coordinates.
    public var info: DataInfo {
        DataInfo(inputShape: [2], featureNames: ["x", "y"], sampleCounts: SampleCounts())
    }

    /// Draws the places and computes their heights.
    public func setup() throws -> DataSplits {
        var stream = RandomStream(seed: 0)["peaks"]
        let dataset = try withTensorErrors {
            let places = Tensor.uniform([count, 2], low: -2, high: 2, from: &stream)
            func peak(_ x: Double, _ y: Double) -> Tensor {
                (-(places - Tensor([x, y])).squared().sum(over: 1, keepDims: true)).exp()
            }
            return try TensorDataset(features: places, targets: peak(1, 0.5) - 0.7 * peak(-1, -0.5))
        }
        let parts = try Split.random(count, into: [0.8, 0.2], seed: 0)
        func loader(_ samples: [Int], shuffle: Bool = false) throws -> DataLoader {
            DataLoader(try Subset(dataset, indices: samples), batchSize: batchSize, shuffle: shuffle)
        }
        return DataSplits(
            training: try loader(parts[0], shuffle: true), validation: try loader(parts[1]), test: try loader(parts[1]),
            fingerprint: "Peaks: \(count) places")
    }

    /// `Peaks` in recipes.
    public static let component = Component<any DataModule>(
        "Peaks", "Heights of a landscape with two peaks.",
        Field("count", default: 800, in: .atLeast(10), unit: "samples", "How many places."),
        Field("batchSize", default: 32, in: .atLeast(1), unit: "samples", "Places in a batch.")
    ) { count, batchSize in Peaks(count: count, batchSize: batchSize) }
}
