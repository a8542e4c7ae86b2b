// SPDX-License-Identifier: Apache-2.0

/// A data set as training needs it: found, read, split, and cut into batches.
///
/// `prepare` is called once, before anything else; `setup` then gives the loaders.
public protocol DataModule: Sendable {
    /// The name in summaries and messages: `Iris`.
    var name: String { get }

    /// What a sample looks like, known before anything is read.
    var info: DataInfo { get }

    /// Makes sure that the files are there. Does nothing unless a module says otherwise.
    /// - Throws: `DataError` with every place that was looked at.
    func prepare() async throws

    /// Reads the files and gives the loaders.
    /// - Throws: `DataError` with file and line of what cannot be read.
    func setup() throws -> DataSplits
}

extension DataModule {
    /// Nothing to prepare.
    public func prepare() async throws {}
}
