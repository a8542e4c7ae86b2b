// SPDX-License-Identifier: Apache-2.0

/// Some samples of a data set, in an order of their own.
public struct Subset: Dataset {
    /// The data set that they are picked from.
    public let base: any Dataset
    /// Their numbers in it.
    public let indices: [Int]

    /// Picks samples.
    /// - Throws: `DataError` for a number that `base` does not have.
    public init(_ base: any Dataset, indices: [Int]) throws(DataError) {
        try base.check(indices)
        self.base = base
        self.indices = indices
    }

    /// The number of samples picked.
    public var count: Int { indices.count }

    /// The samples of the numbers given; the batch's `indices` are those of ``base``.
    public func batch(at indices: [Int]) throws -> Batch {
        try check(indices)
        return try base.batch(at: indices.map { self.indices[$0] })
    }

    /// The samples of the numbers given as a pass sees them.
    public func batch(at indices: [Int], in pass: DataPass) throws -> Batch {
        try check(indices)
        return try base.batch(at: indices.map { self.indices[$0] }, in: pass)
    }
}
