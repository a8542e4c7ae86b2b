import Kindling

/// A CSV file of this project, split into rows to learn from, to watch and for the end.
struct LocalTable: DataModule {
    private let table: TableDataModule

    init(path: String = "data/houses.csv", target: String = "price", batchSize: Int = 16) {
        table = TableDataModule(
            path, target: target, batchSize: batchSize, validationFraction: 0.2, testFraction: 0.1)
    }

    var name: String { "LocalTable" }
    var info: DataInfo { table.info }
    func prepare() async throws { try await table.prepare() }
    func setup() throws -> DataSplits { try table.setup() }

    static let component = Component<any DataModule>(
        "LocalTable", "A CSV file of this project.",
        Field("path", default: "data/houses.csv", "The file; its first row has the columns' names."),
        Field("target", default: "price", "The column to tell."),
        Field("batchSize", default: 16, in: .atLeast(1), unit: "samples", "Rows in a batch.")
    ) { path, target, batchSize in LocalTable(path: path, target: target, batchSize: batchSize) }
}
