// SPDX-License-Identifier: Apache-2.0

/// Combining the elements along some axes into one.
public struct Reduction: Sendable, Hashable {
    /// How elements are combined.
    public enum Function: UInt8, Sendable, Hashable {
        /// The sum; float16 and bfloat16 are summed in float32, integers in int64.
        case sum = 0
        /// The product.
        case product
        /// The smallest; NaN when any is.
        case minimum
        /// The largest; NaN when any is.
        case maximum
        /// The place of the first smallest, counted row-major within the reduced axes; output int64.
        case argumentOfMinimum
        /// The place of the first largest; output int64.
        case argumentOfMaximum
    }

    /// How elements are combined.
    public let function: Function
    /// The axes that go away: bit `i` stands for axis `i`.
    public let axes: UInt8
    /// What a sum is multiplied with: 1/n makes it a mean.
    public let scale: Double

    /// Describes a reduction.
    public init(_ function: Function, axes: UInt8, scale: Double = 1) {
        self.function = function
        self.axes = axes
        self.scale = scale
    }
}
