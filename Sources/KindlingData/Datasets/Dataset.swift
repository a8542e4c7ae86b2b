// SPDX-License-Identifier: Apache-2.0

/// Samples that can be picked by number.
///
/// Picking whole batches, rather than single samples, lets a data set gather and transform a batch in one go.
public protocol Dataset: Sendable {
    /// The number of samples.
    var count: Int { get }

    /// The samples of the numbers given, each in 0 ..< ``count``, in that order.
    /// - Throws: `DataError` for a number outside, or what reading the samples throws.
    func batch(at indices: [Int]) throws -> Batch

    /// The samples of the numbers given as a pass of training sees them: with what is random about them.
    ///
    /// Those of ``batch(at:)`` unless a data set says otherwise.
    func batch(at indices: [Int], in pass: DataPass) throws -> Batch
}

extension Dataset {
    /// The same samples in every pass.
    public func batch(at indices: [Int], in pass: DataPass) throws -> Batch { try batch(at: indices) }

    /// Refuses numbers of samples that there are not.
    /// - Throws: `DataError` with code `indexOutOfRange`.
    public func check(_ indices: [Int]) throws(DataError) {
        let count = count
        guard let bad = indices.first(where: { $0 < 0 || $0 >= count }) else { return }
        throw DataError(
            .indexOutOfRange, "there is no sample \(bad) in a data set of \(count)",
            remedy: count == 0 ? "the data set is empty" : "give numbers in 0 ... \(count - 1)")
    }
}
