// SPDX-License-Identifier: Apache-2.0

/// The places of the elements along the last axis, in the order of the elements.
///
/// Equal elements, −0 and 0 among them, stay in the order of their places; NaN counts as larger than every number.
public struct Sort: Sendable, Hashable {
    /// Whether the largest come first.
    public let descending: Bool
    /// How many places are wanted, the first in that order; at most the axis' size.
    public let count: Int

    /// Describes an order.
    public init(descending: Bool, count: Int) {
        self.descending = descending
        self.count = count
    }
}
