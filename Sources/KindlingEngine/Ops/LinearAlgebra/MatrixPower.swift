// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

extension Tensor {
    /// Aⁿ, the matrix multiplied with itself, for square matrices in the last two axes.
    ///
    /// `[…, m, m]` → `[…, m, m]`, float32 or float64, in about 2 log₂ n products. A⁰ is the unit matrix; a negative
    /// exponent takes powers of the inverse.
    ///
    ///     Tensor([[1.0, 1], [0, 1]]).matrixPower(3)     // [[1, 3], [0, 1]]
    ///
    /// Refused: matrices that are not square, other types, and a singular matrix where the exponent is negative.
    public func matrixPower(_ exponent: Int) -> Tensor {
        if let result = suspendingPrecision("matrixPower", { $0.matrixPower(exponent) }) { return result }
        if let failure = refused("matrixPower", square: true) { return failure }
        guard exponent != 0 else { return identity(rowCount).expanded(to: shape) }
        var square =
            exponent > 0 ? self : dispatch(LinearSolve(name: "matrixPower"), [self, identity(rowCount)])
        var rest = exponent.magnitude
        var result: Tensor?
        while true {
            if rest & 1 == 1 { result = result?.matmul(square) ?? square }
            rest >>= 1
            guard rest > 0 else { return result ?? square }
            square = square.matmul(square)
        }
    }
}
