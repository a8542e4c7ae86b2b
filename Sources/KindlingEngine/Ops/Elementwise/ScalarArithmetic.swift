// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// With a Swift number. A whole number keeps a tensor's integer type; a `Double` makes it float32.
extension Tensor {
    /// The tensor + a number, element by element.
    public static func + (left: Tensor, right: Double) -> Tensor {
        left.elementwise(addNumber.floating, parameters: [right])
    }
    /// A number + the tensor, element by element.
    public static func + (left: Double, right: Tensor) -> Tensor {
        right.elementwise(addNumber.reversedFloating, parameters: [left])
    }
    /// The tensor + a whole number, element by element.
    public static func + (left: Tensor, right: Int) -> Tensor {
        left.elementwise(addNumber.promoted, parameters: [Double(right)])
    }
    /// A whole number + the tensor, element by element.
    public static func + (left: Int, right: Tensor) -> Tensor {
        right.elementwise(addNumber.reversedPromoted, parameters: [Double(left)])
    }

    /// The tensor - a number, element by element.
    public static func - (left: Tensor, right: Double) -> Tensor {
        left.elementwise(subtractNumber.floating, parameters: [right])
    }
    /// A number - the tensor, element by element.
    public static func - (left: Double, right: Tensor) -> Tensor {
        right.elementwise(subtractNumber.reversedFloating, parameters: [left])
    }
    /// The tensor - a whole number, element by element.
    public static func - (left: Tensor, right: Int) -> Tensor {
        left.elementwise(subtractNumber.promoted, parameters: [Double(right)])
    }
    /// A whole number - the tensor, element by element.
    public static func - (left: Int, right: Tensor) -> Tensor {
        right.elementwise(subtractNumber.reversedPromoted, parameters: [Double(left)])
    }

    /// The tensor * a number, element by element.
    public static func * (left: Tensor, right: Double) -> Tensor {
        left.elementwise(multiplyNumber.floating, parameters: [right])
    }
    /// A number * the tensor, element by element.
    public static func * (left: Double, right: Tensor) -> Tensor {
        right.elementwise(multiplyNumber.reversedFloating, parameters: [left])
    }
    /// The tensor * a whole number, element by element.
    public static func * (left: Tensor, right: Int) -> Tensor {
        left.elementwise(multiplyNumber.promoted, parameters: [Double(right)])
    }
    /// A whole number * the tensor, element by element.
    public static func * (left: Int, right: Tensor) -> Tensor {
        right.elementwise(multiplyNumber.reversedPromoted, parameters: [Double(left)])
    }

    /// The tensor / a number, element by element.
    public static func / (left: Tensor, right: Double) -> Tensor {
        left.elementwise(divideNumber.floating, parameters: [right])
    }
    /// A number / the tensor, element by element.
    public static func / (left: Double, right: Tensor) -> Tensor {
        right.elementwise(divideNumber.reversedFloating, parameters: [left])
    }
    /// The tensor / a whole number, element by element.
    public static func / (left: Tensor, right: Int) -> Tensor {
        left.elementwise(divideNumber.promoted, parameters: [Double(right)])
    }
    /// A whole number / the tensor, element by element.
    public static func / (left: Int, right: Tensor) -> Tensor {
        right.elementwise(divideNumber.reversedPromoted, parameters: [Double(left)])
    }

    /// xᵖ, element by element; float32 for integers.
    ///
    ///     Tensor([2.0, 3.0]).power(3)      // [8, 27]
    public func power(_ exponent: Double) -> Tensor {
        exponent == 2 ? squared() : elementwise(powerNumber.floating, parameters: [exponent])
    }
    /// At least a bound, at most another: min(max(x, low), high).
    ///
    /// No gradient flows where it is cut, nor at the bounds. Refuses, for whole numbers, bounds with a fraction.
    ///
    ///     Tensor([-2.0, 0.5, 9.0]).clamped(0...1)      // [0, 0.5, 1]
    public func clamped(_ range: ClosedRange<Double>) -> Tensor {
        noting { () throws(TensorError) in
            try requireBound(range.lowerBound, "lower")
            try requireBound(range.upperBound, "upper")
            return elementwise(clamp, parameters: [range.lowerBound, range.upperBound])
        }
    }
}

/// An operation with a number on either side, for each rule of the result's type.
private struct WithNumber: Sendable {
    let floating, reversedFloating, promoted, reversedPromoted: ElementwiseDefinition

    init(_ name: String, _ function: ScalarFunction, alwaysFloating: Bool = false) {
        func make(_ result: ElementwiseDefinition.ResultType, reversed: Bool) -> ElementwiseDefinition {
            ElementwiseDefinition(name, result, inputs: 1, parameters: 1) { builder in
                let tensor = builder.input(0)
                let number = builder.parameter(0)
                return reversed ? builder.apply(function, number, tensor) : builder.apply(function, tensor, number)
            }
        }
        floating = make(.floating, reversed: false)
        reversedFloating = make(.floating, reversed: true)
        promoted = alwaysFloating ? floating : make(.promoted, reversed: false)
        reversedPromoted = alwaysFloating ? reversedFloating : make(.promoted, reversed: true)
    }
}

private let addNumber = WithNumber("add", .add)
private let subtractNumber = WithNumber("subtract", .subtract)
private let multiplyNumber = WithNumber("multiply", .multiply)
private let divideNumber = WithNumber("divide", .divide, alwaysFloating: true)
private let powerNumber = WithNumber("power", .power, alwaysFloating: true)

private let clamp = ElementwiseDefinition(
    "clamp", .promoted, inputs: 1, parameters: 2,
    gradient: { builder, _ in
        let x = builder.input(0)
        let upstream = builder.input(1)
        let inside = builder.apply(
            .logicalAnd, builder.apply(.less, builder.parameter(0), x), builder.apply(.less, x, builder.parameter(1)))
        return builder.apply(.select, inside, upstream, builder.constant(0))
    }
) { builder in
    let raised = builder.apply(.maximum, builder.input(0), builder.parameter(0))
    return builder.apply(.minimum, raised, builder.parameter(1))
}
