// SPDX-License-Identifier: Apache-2.0

/// Combining the elements along one axis step by step, keeping every step.
///
/// Real numbers are combined in float64 and rounded when stored, integers in wrapping int64.
public struct Scan: Sendable, Hashable {
    /// What a step does to the accumulator s, which begins as 0, or as 1 for the product.
    public enum Function: UInt8, Sendable, Hashable {
        /// s ← s + x.
        case sum = 0
        /// s ← s · x.
        case product
        /// s ← a · s + x, with a second input a; never exclusive.
        case recurrence
    }

    /// What a step does.
    public let function: Function
    /// The axis that the steps follow.
    public let axis: Int
    /// Whether the steps begin at the axis' end.
    public let reverse: Bool
    /// Whether an element is the accumulator before its step, not after it.
    public let exclusive: Bool

    /// Describes a scan.
    public init(_ function: Function, axis: Int, reverse: Bool = false, exclusive: Bool = false) {
        self.function = function
        self.axis = axis
        self.reverse = reverse
        self.exclusive = exclusive
    }
}
