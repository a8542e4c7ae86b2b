// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingTesting
import Testing

/// What the tables of operations do not say of linear algebra.
@Suite struct LinearAlgebraTests {
    /// What is said, without the place in this file.
    private func message(_ body: () throws -> Void) -> String? {
        do { try body() } catch {
            guard let error = error as? TensorError else { return nil }
            return "\(error.operation): \(error.what); \(error.remedy)"
        }
        return nil
    }

    @Test func gradientOfASingularDeterminantNamesTheMatrix() {
        let found = message { _ = try gradient(at: [Tensor([[1.0, 2], [2, 4]])]) { $0[0].determinant() } }
        #expect(
            found
                == "gradient of determinant: the matrix is singular: pivot 1 is zero; add a small multiple of the "
                + "identity, or use pseudoInverse()")
    }

    @Test func completeQOfATallMatrixHasNoGradient() {
        let found = message {
            _ = try gradient(at: [Tensor([[1.0], [2]])]) { $0[0].qr(complete: true).q.sum() }
        }
        #expect(
            found
                == "qr: a complete Q of matrices of shape [2, 1] has no gradient; use qr() without complete: true")
    }

    @Test func singularMatrixHasTheLogarithmOfZero() throws {
        try withTensorErrors {
            let (sign, logAbsolute) = Tensor([[0.0, 0], [2, 4]]).logDeterminant()
            try expectEqual(sign, Tensor(0.0))
            try expectEqual(logAbsolute, Tensor(-.infinity))
        }
    }

    /// The unit matrix's values are all equal: their sum has the unit matrix as its gradient all the same.
    @Test func equalValuesHaveAGradient() throws {
        let unit = Tensor([[1, 0], [0, 1]], dtype: .float64)
        let ofSingular = try gradient(at: [unit]) { $0[0].singularValues().sum() }
        try expectClose(ofSingular[0], unit, tolerance: 1e-12)
        let ofEigen = try gradient(at: [unit]) { $0[0].eigh().values.sum() }
        try expectClose(ofEigen[0], unit, tolerance: 1e-12)
    }

    @Test func onlyTheNamedTriangleIsRead() throws {
        try withTensorErrors {
            let full = Tensor([[4, 2], [2, 3]], dtype: .float64)
            let lower = Tensor([[4, .nan], [2, 3]], dtype: .float64)
            try expectEqual(lower.cholesky(), full.cholesky())
            try expectEqual(lower.eigh().values, full.eigh().values)
            let right = Tensor([1, 2], dtype: .float64)
            try expectEqual(lower.triangularSolve(right), full.triangularSolve(right))
        }
    }

    @Test func shapesAreKnownWithoutElements() throws {
        try withDevice(.meta) {
            try withTensorErrors {
                let a = Tensor.zeros([2, 4, 3])
                let (u, s, vh) = a.svd()
                #expect([u.shape, s.shape, vh.shape] == [[2, 4, 3], [2, 3], [2, 3, 3]])
                let (q, r) = a.qr(complete: true)
                #expect([q.shape, r.shape] == [[2, 4, 4], [2, 4, 3]])
                let square = Tensor.zeros([5, 2, 2])
                let (values, vectors) = square.eigh()
                #expect([values.shape, vectors.shape] == [[5, 2], [5, 2, 2]])
                #expect(square.inverse().shape == [5, 2, 2])
                #expect(square.determinant().shape == [5])
                #expect(square.matrixPower(.min).shape == [5, 2, 2])
                #expect(a.leastSquares(.zeros([4])).shape == [2, 3])
                #expect(Tensor.zeros([3, 0]).leastSquares(.ones([2, 3, 1])).shape == [2, 0, 1])
                #expect(a.pseudoInverse().shape == [2, 3, 4])
                #expect(a.matrixRank().spec == TensorSpec(shape: [2], dtype: .int64))
                #expect(square.cholesky().choleskySolve(.zeros([2])).shape == [5, 2])
            }
        }
    }

    /// Larger than one block of LAPACK's, so that its blocked code runs; what is multiplied comes back.
    @Test(arguments: [DType.float32, .float64]) func largeMatricesAreTheProductsOfTheirFactors(_ dtype: DType) throws {
        try withTensorErrors {
            let numbers = (0..<150 * 100).map { (index: Int) -> Double in
                Double(index * index * 7919 % 10007) / 10007 - 0.5
            }
            let a = Tensor(numbers, shape: [150, 100]).converted(to: dtype)
            let tolerance = dtype == .float64 ? 1e-11 : 1e-4
            let (q, r) = a.qr()
            try expectClose(q.matmul(r), a, tolerance: tolerance)
            let (u, s, vh) = a.svd()
            try expectClose((u * s.insertingAxis(at: -2)).matmul(vh), a, tolerance: tolerance)
            let symmetric = a.transposed().matmul(a)
            let (values, vectors) = symmetric.eigh()
            try expectClose(
                (vectors * values.insertingAxis(at: -2)).matmul(vectors.transposed()), symmetric, tolerance: tolerance)
            let factor = symmetric.cholesky()
            try expectClose(factor.matmul(factor.transposed()), symmetric, tolerance: tolerance)
            let square = a.sliced(0..<100) + a.sliced(50..<150).transposed()
            let right = a.sliced(0..<100)
            try expectClose(square.matmul(square.solve(right)), right, tolerance: dtype == .float64 ? 1e-9 : 1e-2)
        }
    }
}
