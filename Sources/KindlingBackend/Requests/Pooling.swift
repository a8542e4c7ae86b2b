// SPDX-License-Identifier: Apache-2.0

/// The largest or the mean of each window, or the gradient of that.
///
/// - maximum, `forward`: x `[N, C, spatial…]` → y, and int32 places `[N, C, …]`: where in the picture of its channel
///   the (first) largest lies, counted row-major over the spatial axes, whatever the memory order
/// - maximum, `backward`: upstream (as y), places → gradient (as x)
/// - average, `forward`: x → y; `backward`: upstream → gradient
///
/// All operands of one request are row-major, or all are channels-last.
public struct Pooling: Sendable, Hashable {
    /// What becomes of a window.
    public enum Function: UInt8, Sendable, Hashable {
        /// Its largest element; padding never is. NaN wins.
        case maximum = 0
        /// Its sum over the number of its elements, padding counted.
        case average
        /// Its sum over the number of its elements inside the picture.
        case averageInside
    }

    /// What becomes of a window.
    public let function: Function
    /// How windows lie.
    public let window: WindowGeometry
    /// Whether this is the gradient.
    public let backward: Bool

    /// Describes a pooling.
    public init(_ function: Function, window: WindowGeometry, backward: Bool) {
        self.function = function
        self.window = window
        self.backward = backward
    }
}
