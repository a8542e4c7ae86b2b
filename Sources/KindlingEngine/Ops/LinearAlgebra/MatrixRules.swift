// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// What the operations of linear algebra share.
extension Tensor {
    /// Refuses what is no batch of (square) matrices of float32 or float64.
    func requireMatrices(_ operation: String, square: Bool = false) throws(TensorError) {
        guard dtype == .float32 || dtype == .float64 else {
            throw TensorError(
                .dtypeMismatch, operation: operation, "\(dtype.name) is not float32 or float64",
                remedy: "convert it: converted(to: .float32)")
        }
        guard rank >= 2 else {
            throw TensorError(
                .shapeMismatch, operation: operation, "a tensor of shape \(shape) is no matrix",
                remedy: "give it two axes, rows and columns: reshaped(to:)")
        }
        guard !square || isSquare else {
            throw TensorError(
                .shapeMismatch, operation: operation, "matrices of shape \(shape) are not square",
                remedy: "give [n, n], or use leastSquares or pseudoInverse")
        }
    }

    /// What to give back at once: where a mistake is found, or this follows from one.
    ///
    /// Nil when there is none.
    func refused(_ operation: String, square: Bool = false) -> Tensor? {
        if value.isPlaceholder { return self }
        do throws(TensorError) {
            try requireMatrices(operation, square: square)
            return nil
        } catch { return .failed(error, spec) }
    }

    /// Whether the last two sizes are equal.
    var isSquare: Bool { rank >= 2 && shape[rank - 2] == shape.last }
    /// The axes before the last two.
    var batchSizes: [Int] { shape.dimensions.dropLast(2) }
    /// The size of the last axis but one.
    var rowCount: Int { rank >= 2 ? shape[rank - 2] : 1 }

    /// A part of one vector for each matrix, in a shape of its own.
    func unpacked(from start: Int, _ sizes: Int...) -> Tensor {
        if value.isPlaceholder { return self }
        let count = sizes.reduce(1, *)
        return sliced(start..<start + count, along: -1)
            .reshaped(to: Shape(shape.dimensions.dropLast() + sizes))
    }

    /// `[n, n]` of one number below, on and above the diagonal, of this tensor's type and device.
    func triangle(_ n: Int, below: Double, on diagonal: Double, above: Double) -> Tensor {
        let row = Tensor.indices(n, on: device).insertingAxis(at: 1)
        let column = Tensor.indices(n, on: device).insertingAxis(at: 0)
        var result = Tensor.zeros([n, n], dtype: dtype, on: device)
        if below != 0 { result = result + (column .< row).converted(to: dtype) * below }
        if diagonal != 0 { result = result + (column .== row).converted(to: dtype) * diagonal }
        if above != 0 { result = result + (column .> row).converted(to: dtype) * above }
        return result
    }

    /// The unit matrix of this tensor's type and device.
    func identity(_ n: Int) -> Tensor { triangle(n, below: 0, on: 1, above: 0) }

    /// 1 / x, but 0 where x is 0.
    func reciprocalOrZero() -> Tensor {
        let zero = (self .== Tensor.zeros([], dtype: dtype, on: device)).converted(to: dtype)
        return (self + zero).reciprocal() * (1 - zero)
    }

    /// Half of the matrix and half of its transpose.
    func symmetrized() -> Tensor { (self + transposed()) * 0.5 }
}

/// A product that is never a valid size where it cannot be counted.
func countable(_ left: Int, _ right: Int) -> Int {
    let (product, overflow) = left.multipliedReportingOverflow(by: right)
    return overflow ? -1 : product
}

/// The shape of a system's solution: leading axes of matrices and right sides broadcast.
func solutionSpec(_ matrices: Tensor, _ right: Tensor, _ operation: String) throws(TensorError) -> TensorSpec {
    try matrices.requireMatrices(operation, square: true)
    guard right.dtype == matrices.dtype else {
        throw TensorError(
            .dtypeMismatch, operation: operation, "types \(matrices.dtype.name) and \(right.dtype.name) differ",
            remedy: "convert one: converted(to: .\(matrices.dtype.name))")
    }
    guard right.rank >= 2, right.rowCount == matrices.rowCount else {
        throw TensorError(
            .shapeMismatch, operation: operation,
            "a right side of shape \(right.shape) does not fit matrices of shape \(matrices.shape)",
            remedy: "give [\(matrices.rowCount)] or […, \(matrices.rowCount), columns]")
    }
    guard let batch = Shape(matrices.batchSizes).broadcast(with: Shape(right.batchSizes)) else {
        throw TensorError(
            .shapeMismatch, operation: operation,
            "leading axes of shapes \(matrices.shape) and \(right.shape) do not fit",
            remedy: "make them equal, or 1")
    }
    return TensorSpec(shape: batch.appending(right.rowCount).appending(right.shape.last), dtype: right.dtype)
}

extension TensorValue {
    /// Row-major, repeated along leading axes to the batch of a result.
    func repeated(over result: Shape) throws(TensorError) -> TensorValue {
        var wanted = result
        wanted[wanted.rank - 2] = shape[shape.rank - 2]
        wanted[wanted.rank - 1] = shape.last
        return wanted == shape ? try rowMajor() : try expanded(to: wanted).rowMajor()
    }
}
