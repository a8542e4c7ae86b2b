// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// ⌊x / y⌋, the quotient rounded down, so that x = y ⌊x / y⌋ + `x.remainder(y)`.
    ///
    /// Shapes broadcast and types promote; whole numbers stay whole, and exact. A zero divisor gives ±∞ or NaN, or 0 in
    /// whole numbers. No gradient flows.
    ///
    ///     Tensor([-7, 7]).floorDivided(by: Tensor([2]))   // −4, 3
    public func floorDivided(by divisor: Tensor) -> Tensor { elementwise(byTensor, divisor) }

    /// ⌊x / y⌋ for a number y.
    ///
    /// Output: the input's shape; float32 for integers. No gradient flows.
    ///
    ///     Tensor([-0.5, 1.2]).floorDivided(by: 0.5)       // −1, 2
    public func floorDivided(by divisor: Double) -> Tensor { elementwise(floatingByNumber, parameters: [divisor]) }

    /// ⌊x / y⌋ for a whole number y.
    ///
    /// Output: the input's shape and type. Refuses to divide whole numbers by 0. No gradient flows.
    ///
    ///     let row = Tensor.indices(12).floorDivided(by: 4)
    public func floorDivided(by divisor: Int) -> Tensor {
        if let failure = dividing("floorDivided", by: divisor) { return failure }
        return elementwise(promotedByNumber, parameters: [Double(divisor)])
    }
}

private let byTensor = ElementwiseDefinition(
    "floorDivided", .promoted, inputs: 2, gradient: { _, _ in nil }
) { builder in builder.floorQuotient(builder.input(0), builder.input(1)) }
private let floatingByNumber = byNumber(.floating)
private let promotedByNumber = byNumber(.promoted)

private func byNumber(_ result: ElementwiseDefinition.ResultType) -> ElementwiseDefinition {
    ElementwiseDefinition(
        "floorDivided", result, inputs: 1, parameters: 1, gradient: { _, _ in nil }
    ) { builder in builder.floorQuotient(builder.input(0), builder.parameter(0)) }
}

extension ProgramBuilder {
    /// By way of the remainder: the floor of the rounded quotient would be one too large for 1 / 0.1, say.
    fileprivate mutating func floorQuotient(_ x: Value, _ y: Value) -> Value {
        let rest = apply(.remainder, x, y)
        let whole = apply(.round, apply(.divide, apply(.subtract, x, rest), y))
        // The remainder is the divisor only where that is infinite and of the other sign.
        let finite = apply(.select, apply(.equal, rest, y), constant(-1), whole)
        return apply(.select, apply(.equal, y, constant(0)), apply(.divide, x, y), finite)
    }
}
