import Kindling

/// Pictures of circles, squares and crosses of different sizes and places, with noise: inputs `[N, 1, 16, 16]`.
struct ShapePictures: DataModule {
    static let side = 16
    var count = 1200
    var noise = 0.3
    var batchSize = 64

    var name: String { "ShapePictures" }

    /// What a sample looks like: known before anything is read.
    var info: DataInfo {
        DataInfo(
            inputShape: [1, ShapePictures.side, ShapePictures.side], classNames: ["circle", "square", "cross"],
            sampleCounts: SampleCounts())
    }

    /// Draws the pictures and divides them, every class in proportion.
    func setup() throws -> DataSplits {
        var stream = RandomStream(seed: 0)["shapes"]
        let classes = (0..<count).map { $0 % 3 }
        var pixels: [Float] = []
        pixels.reserveCapacity(count * ShapePictures.side * ShapePictures.side)
        let places = try withTensorErrors { Tensor.uniform([count, 3], from: &stream) }.array(of: Float.self)
        for (sample, shape) in classes.enumerated() {
            pixels += ShapePictures.drawn(shape, places[sample * 3..<sample * 3 + 3].map { $0 })
        }
        let dataset = try withTensorErrors {
            let pictures = Tensor(pixels, shape: [count, 1, ShapePictures.side, ShapePictures.side])
            return try TensorDataset(
                features: pictures + noise * Tensor.normal(pictures.shape, from: &stream), targets: Tensor(classes))
        }
        let parts = try Split.stratified(classes, into: [0.7, 0.15, 0.15], seed: 0)
        func loader(_ samples: [Int], shuffle: Bool = false) throws -> DataLoader {
            DataLoader(try Subset(dataset, indices: samples), batchSize: batchSize, shuffle: shuffle)
        }
        return DataSplits(
            training: try loader(parts[0], shuffle: true), validation: try loader(parts[1]),
            test: try loader(parts[2]), predict: DataLoader(dataset, batchSize: batchSize, shuffle: false),
            fingerprint: "ShapePictures: \(count) pictures, noise \(noise)")
    }

    /// One picture: its shape's middle and size are drawn from 0 ..< 1.
    private static func drawn(_ shape: Int, _ place: [Float]) -> [Float] {
        let (centreX, centreY, radius) = (5 + place[0] * 6, 5 + place[1] * 6, 2.5 + place[2] * 2)
        var picture: [Float] = []
        for y in 0..<side {
            for x in 0..<side {
                let (dx, dy) = (abs(Float(x) - centreX), abs(Float(y) - centreY))
                let inside =
                    switch shape {
                    case 0: dx * dx + dy * dy <= radius * radius
                    case 1: max(dx, dy) <= radius
                    default: max(dx, dy) <= radius && min(dx, dy) <= 1
                    }
                picture.append(inside ? 1 : 0)
            }
        }
        return picture
    }

    static let component = Component<any DataModule>(
        "ShapePictures", "Pictures of circles, squares and crosses, with noise.",
        Field("count", default: 1200, in: .atLeast(30), unit: "samples", "How many pictures."),
        Field("noise", default: 0.3, in: .nonNegative, "The noise's standard deviation."),
        Field("batchSize", default: 64, in: .atLeast(1), unit: "samples", "Pictures in a batch.")
    ) { count, noise, batchSize in ShapePictures(count: count, noise: noise, batchSize: batchSize) }
}
