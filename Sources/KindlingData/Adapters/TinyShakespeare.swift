// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

/// Tiny Shakespeare: 1,115,394 characters of plays, 65 different (Karpathy 2015).
///
/// The first nine tenths are learned from and the last one is watched, as nanoGPT has it. Everything else is as with a
/// ``TextFileDataModule``.
public enum TinyShakespeare {
    static let source = DataSource(
        name: "Tiny Shakespeare", folder: "tinyshakespeare", files: [["input.txt", "input.txt.gz"]],
        published: "https://github.com/karpathy/char-rnn (data/tinyshakespeare)")

    /// Describes the data; nothing is read yet.
    ///
    /// Parameters are those of a ``TextFileDataModule``.
    public static func dataModule(
        batchSize: Int = 64, blockLength: Int = 64, stride: Int? = nil, validationFraction: Double = 0.1,
        testFraction: Double = 0, dataDirectory: String? = nil
    ) -> TextFileDataModule {
        TextFileDataModule(
            name: "TinyShakespeare", .published(source, DataDirectories(dataDirectory: dataDirectory)),
            TextFileDataModule.Options(
                batchSize: batchSize, blockLength: blockLength, stride: stride,
                validationFraction: validationFraction, testFraction: testFraction))
    }

    /// `TinyShakespeare` in recipes.
    public static let component = Component<any DataModule>(
        "TinyShakespeare", "1,115,394 characters of Shakespeare's plays, 65 different (Karpathy 2015).",
        Field("batchSize", default: 64, in: .atLeast(1), unit: "samples", "Windows in a batch."),
        Field("blockLength", default: 64, in: .atLeast(1), unit: "characters", "Characters in a window."),
        Field<Int?>(
            "stride", default: nil, in: .atLeast(1), unit: "characters",
            "From one window of an epoch of training to the next; the block's length when null."),
        Field("validationFraction", default: 0.1, in: .fractionBelowOne, "Share of the text that is watched."),
        Field("testFraction", default: 0.0, in: .fractionBelowOne, "Share at the text's end, kept for the end."),
        Field("dataDir", default: String?.none, "The folder that has tinyshakespeare/input.txt.")
    ) { batchSize, blockLength, stride, validationFraction, testFraction, dataDirectory in
        dataModule(
            batchSize: batchSize, blockLength: blockLength, stride: stride, validationFraction: validationFraction,
            testFraction: testFraction, dataDirectory: dataDirectory)
    }
}
