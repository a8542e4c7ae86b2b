// SPDX-License-Identifier: Apache-2.0

/// How the numbers that batches log under a name become one figure.
public enum Reduction: String, Sendable, Hashable, Codable {
    /// Their mean, each batch weighted by its samples, so that a smaller last batch counts for what it is.
    case mean
    /// Their sum.
    case sum
    /// The smallest.
    case min
    /// The largest.
    case max
    /// The last.
    case last
}
