import Kindling

/// Points on two spirals, wound into each other, with a little noise: inputs `[N, 2]`, two classes.
struct Spirals: DataModule {
    var count = 600
    var noise = 0.05
    var batchSize = 32

    var name: String { "Spirals" }

    /// What a sample looks like: known before anything is read.
    var info: DataInfo {
        DataInfo(inputShape: [2], classNames: ["left", "right"], sampleCounts: SampleCounts())
    }

    /// Makes the points and divides them: three fifths to learn from, the rest to watch and for the end.
    func setup() throws -> DataSplits {
        var stream = RandomStream(seed: 0)["spirals"]
        let dataset = try withTensorErrors {
            let turn = Tensor.uniform([count], from: &stream)
            let classes = Tensor((0..<count).map { $0 % 2 })
            let angle = turn * 6 + classes.converted(to: .float32) * Double.pi
            let circle = Tensor.stacked([angle.cos(), angle.sin()], along: 1)
            let points = circle * turn.reshaped(to: [count, 1]) + noise * Tensor.normal([count, 2], from: &stream)
            return try TensorDataset(features: points, targets: classes)
        }
        let parts = try Split.random(count, into: [0.6, 0.2, 0.2], seed: 0)
        func loader(_ samples: [Int], shuffle: Bool = false) throws -> DataLoader {
            DataLoader(try Subset(dataset, indices: samples), batchSize: batchSize, shuffle: shuffle)
        }
        return DataSplits(
            training: try loader(parts[0], shuffle: true), validation: try loader(parts[1]),
            test: try loader(parts[2]), predict: DataLoader(dataset, batchSize: batchSize, shuffle: false),
            fingerprint: "Spirals: \(count) points, noise \(noise)")
    }

    static let component = Component<any DataModule>(
        "Spirals", "Points on two spirals, wound into each other.",
        Field("count", default: 600, in: .atLeast(10), unit: "samples", "How many points."),
        Field("noise", default: 0.05, in: .nonNegative, "The noise's standard deviation."),
        Field("batchSize", default: 32, in: .atLeast(1), unit: "samples", "Points in a batch.")
    ) { count, noise, batchSize in Spirals(count: count, noise: noise, batchSize: batchSize) }
}
