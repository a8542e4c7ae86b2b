// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// Comparisons of a Swift number on the left with a tensor, element by element; type bool.
///
/// They say what the comparison the other way round says: `2 .< x` is `x .> 2`.
extension Tensor {
    /// Whether a number is equal to elements.
    public static func .== (left: Double, right: Tensor) -> Tensor { right .== left }
    /// Whether a whole number is equal to elements.
    public static func .== (left: Int, right: Tensor) -> Tensor { right .== left }
    /// Whether a number is different from elements.
    public static func .!= (left: Double, right: Tensor) -> Tensor { right .!= left }
    /// Whether a whole number is different from elements.
    public static func .!= (left: Int, right: Tensor) -> Tensor { right .!= left }
    /// Whether a number is smaller than elements.
    public static func .< (left: Double, right: Tensor) -> Tensor { right .> left }
    /// Whether a whole number is smaller than elements.
    public static func .< (left: Int, right: Tensor) -> Tensor { right .> left }
    /// Whether a number is not larger than elements.
    public static func .<= (left: Double, right: Tensor) -> Tensor { right .>= left }
    /// Whether a whole number is not larger than elements.
    public static func .<= (left: Int, right: Tensor) -> Tensor { right .>= left }
    /// Whether a number is larger than elements.
    public static func .> (left: Double, right: Tensor) -> Tensor { right .< left }
    /// Whether a whole number is larger than elements.
    public static func .> (left: Int, right: Tensor) -> Tensor { right .< left }
    /// Whether a number is not smaller than elements.
    public static func .>= (left: Double, right: Tensor) -> Tensor { right .<= left }
    /// Whether a whole number is not smaller than elements.
    public static func .>= (left: Int, right: Tensor) -> Tensor { right .<= left }
}
