// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension LinearAlgebra {
    /// Matrix by matrix.
    func run(from inputs: [Operand], to output: Operand) throws(TensorError) {
        let shape = inputs[0].shape
        let batch = Shape(shape.dimensions.dropLast(2))
        let matrices = matrices(inputs[0], batch)
        let rightSides = inputs.count > 1 ? self.matrices(inputs[1], batch) : []
        var results: [Double] = []
        for (index, matrix) in matrices.enumerated() {
            do throws(MatrixFailure) {
                results += try result(matrix, rightSides.isEmpty ? nil : rightSides[index])
            } catch { throw failure(error.kind, matrix: index, of: batch) }
        }
        output.write(results)
    }

    private func matrices(_ operand: Operand, _ batch: Shape) -> [Matrix] {
        let (rows, columns) = (operand.shape[operand.shape.rank - 2], operand.shape.last)
        let elements = operand.reals()
        return (0..<batch.elementCount).map { index in
            Matrix(elements[index * rows * columns..<(index + 1) * rows * columns], rows: rows, columns: columns)
        }
    }

    private func result(_ a: Matrix, _ right: Matrix?) throws(MatrixFailure) -> [Double] {
        switch function {
        case .cholesky: try a.choleskyFactor().elements
        case .solve: try a.solution(right ?? a).elements
        case .triangularSolve(let triangle): try a.solution(right ?? a, triangle).elements
        case .orthogonalTriangular(let complete): a.orthogonalTriangular(complete: complete)
        case .singularValues: try a.singularValueDecomposition()
        case .symmetricEigen: try a.symmetricEigen()
        case .determinant: a.determinant()
        }
    }
}

/// Why a matrix could not be worked on.
struct MatrixFailure: Error {
    let kind: LinearAlgebra.Failure
    init(_ kind: LinearAlgebra.Failure) { self.kind = kind }
}
