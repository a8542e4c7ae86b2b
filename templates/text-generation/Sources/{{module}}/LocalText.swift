import Kindling

/// A text file of this project, cut into windows of characters.
struct LocalText: DataModule {
    private let text: TextFileDataModule

    init(path: String = "data/text.txt", batchSize: Int = 16, blockLength: Int = 64) {
        // Windows begin every eighth of their length, so that a short text gives more of them.
        text = TextFileDataModule(
            [path], batchSize: batchSize, blockLength: blockLength, stride: max(1, blockLength / 8))
    }

    var name: String { "LocalText" }
    var info: DataInfo { text.info }
    func prepare() async throws { try await text.prepare() }
    func setup() throws -> DataSplits { try text.setup() }

    static let component = Component<any DataModule>(
        "LocalText", "A text file of this project, cut into windows of characters.",
        Field("path", default: "data/text.txt", "The file, UTF-8."),
        Field("batchSize", default: 16, in: .atLeast(1), unit: "samples", "Windows in a batch."),
        Field("blockLength", default: 64, in: .atLeast(1), unit: "characters", "Characters in a window.")
    ) { path, batchSize, blockLength in
        LocalText(path: path, batchSize: batchSize, blockLength: blockLength)
    }
}
