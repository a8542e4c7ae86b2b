// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// Comparisons with a Swift number, element by element; type bool. No gradient flows.
///
/// A real number is rounded to a floating-point tensor's own arithmetic; with whole numbers it is compared exactly:
/// `Tensor([0, 1]) .< 0.5` is true, false. Nothing but `.!=` is true of NaN.
extension Tensor {
    /// Whether elements are equal to a number.
    public static func .== (left: Tensor, right: Double) -> Tensor { left.compared(.equal, right) }
    /// Whether elements are equal to a whole number.
    public static func .== (left: Tensor, right: Int) -> Tensor { left.compared(.equal, right) }
    /// Whether elements differ from a number.
    public static func .!= (left: Tensor, right: Double) -> Tensor { left.compared(.notEqual, right) }
    /// Whether elements differ from a whole number.
    public static func .!= (left: Tensor, right: Int) -> Tensor { left.compared(.notEqual, right) }
    /// Whether elements are smaller than a number.
    public static func .< (left: Tensor, right: Double) -> Tensor { left.compared(.less, right) }
    /// Whether elements are smaller than a whole number.
    public static func .< (left: Tensor, right: Int) -> Tensor { left.compared(.less, right) }
    /// Whether elements are not larger than a number.
    public static func .<= (left: Tensor, right: Double) -> Tensor { left.compared(.lessOrEqual, right) }
    /// Whether elements are not larger than a whole number.
    public static func .<= (left: Tensor, right: Int) -> Tensor { left.compared(.lessOrEqual, right) }
    /// Whether elements are larger than a number.
    public static func .> (left: Tensor, right: Double) -> Tensor { left.compared(.greater, right) }
    /// Whether elements are larger than a whole number.
    public static func .> (left: Tensor, right: Int) -> Tensor { left.compared(.greater, right) }
    /// Whether elements are not smaller than a number.
    public static func .>= (left: Tensor, right: Double) -> Tensor { left.compared(.greaterOrEqual, right) }
    /// Whether elements are not smaller than a whole number.
    public static func .>= (left: Tensor, right: Int) -> Tensor { left.compared(.greaterOrEqual, right) }

    private func compared(_ relation: Relation, _ number: Int) -> Tensor {
        // Beyond 2⁵³ a program's constants, which are real numbers, are not exact.
        if dtype.isFloatingPoint || value.isPlaceholder || Int(exactly: Double(number)) == number {
            return elementwise(relation.definition, parameters: [Double(number)])
        }
        let other = Tensor([number], on: device).reshaped(to: [])
        return switch relation {
        case .equal: self .== other
        case .notEqual: self .!= other
        case .less: self .< other
        case .lessOrEqual: self .<= other
        case .greater: self .> other
        case .greaterOrEqual: self .>= other
        }
    }

    private func compared(_ relation: Relation, _ number: Double) -> Tensor {
        if dtype.isFloatingPoint { return elementwise(relation.definition, parameters: [number]) }
        return switch relation.forIntegers(number) {
        case .number(let relation, let whole): compared(relation, whole)
        // Constants beyond the integers stand for the outermost of them.
        case .always: elementwise(Relation.lessOrEqual.definition, parameters: [.infinity])
        case .never: elementwise(Relation.less.definition, parameters: [-.infinity])
        }
    }
}

/// How elements can stand to a number.
private enum Relation: Sendable {
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual

    /// A comparison of integers that says the same.
    enum ForIntegers {
        case number(Relation, Int)
        case always, never
    }

    var definition: ElementwiseDefinition {
        switch self {
        case .equal: equalTo
        case .notEqual: differentFrom
        case .less: lessThan
        case .lessOrEqual: atMost
        case .greater: greaterThan
        case .greaterOrEqual: atLeast
        }
    }

    func forIntegers(_ number: Double) -> ForIntegers {
        if number.isNaN { return self == .notEqual ? .always : .never }
        let whole: Double
        switch self {
        case .equal, .notEqual:
            guard number == number.rounded(.down) else { return self == .equal ? .never : .always }
            whole = number
        // x < 0.5 is x < 1, and x <= 0.5 is x <= 0.
        case .less, .greaterOrEqual: whole = number.rounded(.up)
        case .lessOrEqual, .greater: whole = number.rounded(.down)
        }
        if let exact = Int(exactly: whole) { return .number(self, exact) }
        let holds =
            switch self {
            case .equal: false
            case .notEqual: true
            case .less, .lessOrEqual: number > 0
            case .greater, .greaterOrEqual: number < 0
            }
        return holds ? .always : .never
    }
}

private let equalTo = comparison("equal", .equal)
private let differentFrom = comparison("notEqual", .notEqual)
private let lessThan = comparison("less", .less)
private let atMost = comparison("lessOrEqual", .lessOrEqual)
private let greaterThan = comparison("less", .less, reversed: true)
private let atLeast = comparison("lessOrEqual", .lessOrEqual, reversed: true)

private func comparison(_ name: String, _ function: ScalarFunction, reversed: Bool = false) -> ElementwiseDefinition {
    ElementwiseDefinition(name, .predicate, inputs: 1, parameters: 1) { builder in
        let tensor = builder.input(0)
        let number = builder.parameter(0)
        return reversed ? builder.apply(function, number, tensor) : builder.apply(function, tensor, number)
    }
}
