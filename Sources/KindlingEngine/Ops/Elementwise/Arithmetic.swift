// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// Shapes broadcast as NumPy's do; types promote within a category and never to float64 by themselves.
extension Tensor {
    /// The sum, element by element.
    public static func + (left: Tensor, right: Tensor) -> Tensor { left.elementwise(add, right) }
    /// The difference, element by element.
    public static func - (left: Tensor, right: Tensor) -> Tensor { left.elementwise(subtract, right) }
    /// The product, element by element.
    ///
    /// The product of matrices is `matmul`.
    public static func * (left: Tensor, right: Tensor) -> Tensor { left.elementwise(multiply, right) }
    /// The quotient, element by element; float32 for integers.
    public static func / (left: Tensor, right: Tensor) -> Tensor { left.elementwise(divide, right) }
    /// The negative, element by element.
    public static prefix func - (tensor: Tensor) -> Tensor { tensor.elementwise(negate) }

    /// xʸ, element by element.
    ///
    ///     Tensor([2.0, 3.0]).power(Tensor([3.0, 2.0]))      // [8, 9]
    public func power(_ exponent: Tensor) -> Tensor { elementwise(power_, exponent) }
    /// The smaller, element by element; NaN when either is.
    ///
    /// Where both are equal, each gets half the gradient.
    ///
    ///     Tensor([1.0, 5.0]).minimum(Tensor([3.0, 2.0]))      // [1, 2]
    public func minimum(_ other: Tensor) -> Tensor { elementwise(minimum_, other) }
    /// The larger, element by element; NaN when either is.
    ///
    /// Where both are equal, each gets half the gradient.
    ///
    ///     Tensor([1.0, 5.0]).maximum(Tensor([3.0, 2.0]))      // [3, 5]
    public func maximum(_ other: Tensor) -> Tensor { elementwise(maximum_, other) }
}

let add = ElementwiseDefinition("add", .promoted, .add)
let subtract = ElementwiseDefinition("subtract", .promoted, .subtract)
let multiply = ElementwiseDefinition("multiply", .promoted, .multiply)
private let divide = ElementwiseDefinition("divide", .floating, .divide)
private let negate = ElementwiseDefinition("negate", .promoted, .negate)
private let power_ = ElementwiseDefinition("power", .promoted, .power)
private let minimum_ = ElementwiseDefinition("minimum", .promoted, .minimum)
private let maximum_ = ElementwiseDefinition("maximum", .promoted, .maximum)
