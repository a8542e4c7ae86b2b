// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend

extension Tensor {
    /// Whether elements are equal, or finite with |x − y| ≤ absolute + relative · |y|; type bool.
    ///
    /// - Parameters:
    ///   - other: y, whose size the relative tolerance is of. Shapes broadcast; integers are compared as float64.
    ///   - relativeTolerance: At least 0.
    ///   - absoluteTolerance: At least 0.
    ///   - equalNaN: Whether NaN is close to NaN.
    ///
    /// No gradient flows.
    ///
    ///     let same = found.isClose(to: wanted, relativeTolerance: 1e-3)
    public func isClose(
        to other: Tensor, relativeTolerance: Double = 1e-5, absoluteTolerance: Double = 1e-8, equalNaN: Bool = false
    ) -> Tensor {
        for (name, tolerance) in [("relative", relativeTolerance), ("absolute", absoluteTolerance)]
        where !(tolerance >= 0) {
            return .failed(
                TensorError(
                    .invalidValue, operation: "isClose", "\(name) tolerance \(tolerance) is not 0 or more",
                    remedy: "give a small number, 1e-5 say"), TensorSpec(shape: shape, dtype: .bool))
        }
        // Tolerances would be rounded away in whole numbers.
        let isWhole = !dtype.isFloatingPoint && !other.dtype.isFloatingPoint
        let this = isWhole ? converted(to: .float64) : self
        return this.elementwise(
            definition, other, parameters: [relativeTolerance, absoluteTolerance, equalNaN ? 1 : 0])
    }

    /// Whether all elements are close, as ``isClose(to:relativeTolerance:absoluteTolerance:equalNaN:)`` says; true of none.
    ///
    /// - Throws: `TensorError` when shapes do not fit, or elements cannot be read.
    ///
    ///     let isTrained = try before.allClose(to: after) == false
    public func allClose(
        to other: Tensor, relativeTolerance: Double = 1e-5, absoluteTolerance: Double = 1e-8, equalNaN: Bool = false
    ) throws(TensorError) -> Bool {
        let close = isClose(
            to: other, relativeTolerance: relativeTolerance, absoluteTolerance: absoluteTolerance, equalNaN: equalNaN)
        return try close.array(of: Bool.self).allSatisfy(\.self)
    }
}

private let definition = ElementwiseDefinition("isClose", .predicate, inputs: 2, parameters: 3) { builder in
    let (x, y) = (builder.input(0), builder.input(1))
    let distance = builder.apply(.absolute, builder.apply(.subtract, x, y))
    let allowed = builder.apply(
        .multiplyAdd, builder.parameter(0), builder.apply(.absolute, y), builder.parameter(1))
    // Nothing finite is near infinity, however large the tolerance that follows from it.
    let near = builder.apply(
        .logicalAnd, builder.apply(.isFinite, distance), builder.apply(.lessOrEqual, distance, allowed))
    let bothNaN = builder.apply(.logicalAnd, builder.apply(.isNaN, x), builder.apply(.isNaN, y))
    let same = builder.apply(
        .logicalOr, builder.apply(.equal, x, y), builder.apply(.logicalAnd, builder.parameter(2), bothNaN))
    return builder.apply(.logicalOr, same, near)
}
