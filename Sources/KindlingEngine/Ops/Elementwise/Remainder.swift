// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// What is left of a division that is rounded down: x − ⌊x / y⌋ y, with the divisor's sign.
    ///
    /// Shapes broadcast and types promote. A zero divisor gives NaN, or 0 in whole numbers. The gradient is 1 for x
    /// and −⌊x / y⌋ for y.
    ///
    ///     Tensor([-7, 7]).remainder(Tensor([3, -3]))      // 2, −2
    public func remainder(_ divisor: Tensor) -> Tensor { elementwise(remainder_, divisor) }

    /// What is left of a division by a number that is rounded down, with the number's sign.
    ///
    /// Output: the input's shape; float32 for integers. A zero divisor gives NaN.
    ///
    ///     let wrapped = angle.remainder(2 * .pi)
    public func remainder(_ divisor: Double) -> Tensor { elementwise(floatingByNumber, parameters: [divisor]) }

    /// What is left of a division by a whole number that is rounded down, with the number's sign.
    ///
    /// Output: the input's shape and type. Refuses to divide whole numbers by 0.
    ///
    ///     let evens = Tensor.indices(6).remainder(2) .== 0
    public func remainder(_ divisor: Int) -> Tensor {
        if let failure = dividing("remainder", by: divisor) { return failure }
        return elementwise(promotedByNumber, parameters: [Double(divisor)])
    }

    /// The placeholder of a division of whole numbers by 0, nil where there is none.
    func dividing(_ operation: String, by divisor: Int) -> Tensor? {
        guard divisor == 0, !dtype.isFloatingPoint else { return nil }
        return .failed(
            TensorError(
                .invalidValue, operation: operation, "whole numbers of \(dtype.name) cannot be divided by 0",
                remedy: "divide by another number, or convert the tensor: converted(to: .float32)"), spec)
    }
}

private let remainder_ = ElementwiseDefinition("remainder", .promoted, .remainder)
private let floatingByNumber = byNumber(.floating)
private let promotedByNumber = byNumber(.promoted)

private func byNumber(_ result: ElementwiseDefinition.ResultType) -> ElementwiseDefinition {
    ElementwiseDefinition("remainder", result, inputs: 1, parameters: 1) { builder in
        builder.apply(.remainder, builder.input(0), builder.parameter(0))
    }
}
