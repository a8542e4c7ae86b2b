// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension ErrorCase {
    private static let ofOneMatrix: [(String, Bool, @Sendable (Tensor) -> Tensor)] = [
        ("cholesky", true, { $0.cholesky() }), ("inverse", true, { $0.inverse() }),
        ("determinant", true, { $0.determinant() }), ("logDeterminant", true, { $0.logDeterminant().logAbsolute }),
        ("matrixPower", true, { $0.matrixPower(.min) }), ("eigh", true, { $0.eigh().values }),
        ("qr", false, { $0.qr().q }), ("svd", false, { $0.svd().s }),
        ("singularValues", false, { $0.singularValues() }), ("pseudoInverse", false, { $0.pseudoInverse() }),
        ("matrixRank", false, { $0.matrixRank() }),
    ]

    private static let ofSystems: [(String, @Sendable (Tensor, Tensor) -> Tensor)] = [
        ("solve", { $0.solve($1) }), ("choleskySolve", { $0.choleskySolve($1) }),
        ("triangularSolve", { $0.triangularSolve($1) }), ("leastSquares", { $0.leastSquares($1) }),
    ]

    private static let refusedMatrices: [ErrorCase] = ofOneMatrix.flatMap { name, isSquare, operation in
        [
            ErrorCase(
                .dtypeMismatch, "\(name): float16 is not float32 or float64; convert it: converted(to: .float32)"
            ) { operation(zeros(2, 2, dtype: .float16)) },
            ErrorCase(
                .dtypeMismatch, "\(name): int64 is not float32 or float64; convert it: converted(to: .float32)"
            ) { operation(zeros(2, 2, dtype: .int64)) },
            ErrorCase(
                .shapeMismatch,
                "\(name): a tensor of shape [3] is no matrix; give it two axes, rows and columns: reshaped(to:)"
            ) { operation(zeros(3)) },
            ErrorCase(
                .shapeMismatch,
                "\(name): a tensor of shape [] is no matrix; give it two axes, rows and columns: reshaped(to:)"
            ) { operation(zeros()) },
        ]
            + (isSquare
                ? [
                    ErrorCase(
                        .shapeMismatch,
                        "\(name): matrices of shape [2, 3, 4] are not square; give [n, n], or use leastSquares or "
                            + "pseudoInverse"
                    ) { operation(zeros(2, 3, 4)) },
                    ErrorCase(
                        .shapeMismatch,
                        "\(name): matrices of shape [1099511627776, 0] are not square; give [n, n], or use "
                            + "leastSquares or pseudoInverse"
                    ) { operation(zeros(1 << 40, 0)) },
                ] : [])
    }

    private static let refusedSystems: [ErrorCase] = ofSystems.flatMap { name, operation in
        [
            ErrorCase(
                .dtypeMismatch, "\(name): bfloat16 is not float32 or float64; convert it: converted(to: .float32)"
            ) { operation(zeros(2, 2, dtype: .bfloat16), zeros(2, dtype: .bfloat16)) },
            ErrorCase(
                .dtypeMismatch, "\(name): types float32 and float64 differ; convert one: converted(to: .float32)"
            ) { operation(zeros(2, 2), zeros(2, 1, dtype: .float64)) },
            ErrorCase(
                .shapeMismatch,
                "\(name): a tensor of shape [3] is no matrix; give it two axes, rows and columns: reshaped(to:)"
            ) { operation(zeros(3), zeros(3)) },
            ErrorCase(
                .shapeMismatch,
                "\(name): a right side of shape [2, 1] does not fit matrices of shape [3, 3]; give [3] or […, 3, "
                    + "columns]"
            ) { operation(zeros(3, 3), zeros(2, 1)) },
            ErrorCase(
                .shapeMismatch,
                "\(name): a right side of shape [] does not fit matrices of shape [3, 3]; give [3] or […, 3, columns]"
            ) { operation(zeros(3, 3), zeros()) },
            ErrorCase(
                .shapeMismatch,
                "\(name): leading axes of shapes [2, 3, 3] and [4, 3, 1] do not fit; make them equal, or 1"
            ) { operation(zeros(2, 3, 3), zeros(4, 3, 1)) },
        ]
    }

    /// Zeros but for the first matrix of a batch, which is the unit matrix.
    private static func secondIsZero() -> Tensor {
        Tensor([1, 0, 0, 1, 0, 0, 0, 0] as [Float], shape: [2, 2, 2])
    }

    private static let remedy = "; add a small multiple of the identity, or use pseudoInverse()"

    private static let badMatrices: [ErrorCase] =
        ofSystems.map { name, operation in
            ErrorCase(
                .invalidValue, "\(name): matrix [1] of the batch [2] is singular: pivot 0 is zero" + remedy
            ) { operation(secondIsZero(), .ones([2, 1])) }
        } + [
            ErrorCase(.invalidValue, "inverse: the matrix is singular: pivot 1 is zero" + remedy) {
                Tensor([[1.0, 2], [2, 4]]).inverse()
            },
            ErrorCase(.invalidValue, "matrixPower: the matrix is singular: pivot 1 is zero" + remedy) {
                Tensor([[1.0, 2], [2, 4]]).matrixPower(-1)
            },
            ErrorCase(.invalidValue, "solve: matrix [0, 1] of the batch [1, 2] is singular: pivot 0 is zero" + remedy) {
                secondIsZero().insertingAxis(at: 0).solve(.ones([2]))
            },
            ErrorCase(
                .invalidValue,
                "cholesky: matrix [1] of the batch [2] is not positive definite: its leading block of order 1 is not; "
                    + "check that it is symmetric, and add a small multiple of the identity"
            ) { secondIsZero().cholesky() },
            ErrorCase(
                .invalidValue,
                "cholesky: the matrix is not positive definite: its leading block of order 2 is not; check that it is "
                    + "symmetric, and add a small multiple of the identity"
            ) { Tensor([[1.0, 2], [2, 1]]).cholesky() },
        ]
        + ofOneMatrix.suffix(4).map { ($0.0, $0.2) }.map { name, operation in
            ErrorCase(
                .invalidValue,
                "\(name): the matrix has elements that are NaN or infinite; find where they come from with isFinite()"
            ) { operation(Tensor([[1.0, .nan], [2, 1]])) }
        } + [
            ErrorCase(
                .invalidValue,
                "eigh: matrix [0] of the batch [1] has elements that are NaN or infinite; find where they come from "
                    + "with isFinite()"
            ) { Tensor([[1.0, 0], [.infinity, 1]]).insertingAxis(at: 0).eigh().vectors },
            ErrorCase(
                .invalidValue,
                "pseudoInverse: a tolerance of nan is not within 0 ... 1; give a share of the largest singular value"
            ) { zeros(2, 2).pseudoInverse(tolerance: .nan) },
            ErrorCase(
                .invalidValue,
                "matrixRank: a tolerance of -1.0 is not within 0 ... 1; give a share of the largest singular value"
            ) { zeros(2, 2).matrixRank(tolerance: -1) },
            ErrorCase(
                .shapeMismatch,
                "qr: [-1] is not a shape: sizes must be 0 or more and countable; if it came from rows of numbers, give "
                    + "every row the same length"
            ) { zeros(1 << 40, 0).qr(complete: true).q },
        ]

    static let linearAlgebra = refusedMatrices + refusedSystems + badMatrices
}
