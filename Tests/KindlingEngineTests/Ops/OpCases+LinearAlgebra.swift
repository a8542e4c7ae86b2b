// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

/// Factors whose signs or bases are free are compared by what does not depend on them.
extension OpCase {
    static let linearAlgebra = squares + systems + decompositions + ranks

    /// `[rows, columns]` of a number for each place.
    private static func matrix(_ like: Tensor, _ rows: Int, _ columns: Int, _ number: (Int, Int) -> Double) -> Tensor {
        // Where there are only shapes, or too many numbers for any memory, nobody asks for them.
        if like.device == .meta || max(rows, columns) > 1 << 10 {
            return .zeros([], dtype: like.dtype, on: like.device).expanded(to: [rows, columns])
        }
        let numbers = (0..<rows).flatMap { row in (0..<columns).map { number(row, $0) } }
        return Tensor(numbers, shape: [rows, columns]).converted(to: like.dtype)
    }

    private static func eye(_ like: Tensor) -> Tensor {
        matrix(like, like.shape.last, like.shape.last) { $0 == $1 ? 1 : 0 }
    }

    private static func definite(_ x: Tensor) -> Tensor {
        x.matmul(x.transposed()) + eye(x.transposed()) * 2
    }

    private static func regular(_ x: Tensor) -> Tensor { x + eye(x) * 6 }

    private static func symmetric(_ x: Tensor) -> Tensor {
        x + x.transposed() + matrix(x, x.shape.last, x.shape.last) { $0 == $1 ? 8 * Double($0) : 0 }
    }

    /// Singular values far apart.
    private static func apart(_ x: Tensor) -> Tensor {
        x + matrix(x, x.rank > 1 ? x.shape[x.rank - 2] : 1, x.shape.last) { $0 == $1 ? 4 + 6 * Double($0) : 0 }
    }

    private static let squares: [OpCase] =
        ["plain", "size 1", "batch", "empty", "empty batch"].flatMap { name -> [OpCase] in
            [
                .of("cholesky \(name)") { definite($0).cholesky() },
                .of("inverse \(name)") { regular($0).inverse() },
                .of("determinant \(name)") { (regular($0) / 5.0).determinant() },
                .of("logDeterminant \(name)") { regular($0).logDeterminant().logAbsolute },
            ]
                + [0, 1, 5, -2].map { power in
                    .of("matrixPower \(power) \(name)") { (regular($0) / 5.0).matrixPower(power) }
                }
        } + [
            .of("cholesky of a batch of batches") { definite($0).cholesky() },
            .of("determinant negative") { (-regular($0) / 5.0).determinant() },
            .of("logDeterminant negative") { (-regular($0)).logDeterminant().logAbsolute },
            .of("logDeterminant sign", .none) { (-regular($0)).logDeterminant().sign },
            .of("determinant of a singular matrix", .none) { $0.determinant() },
        ]

    private static let systems: [OpCase] =
        [
            "vector", "one vector", "columns", "size 1", "batch", "one matrix", "one matrix, batches", "one right side",
            "outer batch",
            "no columns",
            "empty",
        ].flatMap { name -> [OpCase] in
            [
                OpCase("solve \(name)") { regular($0[0]).solve($0[1]) },
                OpCase("choleskySolve \(name)") { regular($0[0]).choleskySolve($0[1]) },
                OpCase("leastSquares square \(name)") { regular($0[0]).leastSquares($0[1]) },
                OpCase("triangularSolve unit \(name)") {
                    // Whatever is on the diagonal, it is not read.
                    ($0[0] + eye($0[0]) * 3).triangularSolve($0[1], unitDiagonal: true)
                },
            ]
                + [false, true].flatMap { upper in
                    [false, true].map { transposed in
                        OpCase(
                            "triangularSolve \(upper ? "upper" : "lower")\(transposed ? " transposed" : "") \(name)"
                        ) {
                            regular($0[0]).triangularSolve($0[1], upper: upper, transposed: transposed)
                        }
                    }
                }
        } + [
            OpCase("solve with exchanged rows") { $0[0].solve($0[1]) },
            OpCase("leastSquares line") {
                Tensor([[1, 0], [1, 1], [1, 2]], dtype: $0[0].dtype).leastSquares($0[0])
            },
        ]

    private static func product(_ x: Tensor, _ function: (Tensor) -> Tensor) -> Tensor {
        let (u, s, vh) = x.svd()
        return (u * function(s).insertingAxis(at: -2)).matmul(vh)
    }

    private static let decompositions: [OpCase] =
        ["tall", "square", "wide", "size 1", "column", "batch"].flatMap { name -> [OpCase] in
            [
                .of("qr q \(name)") { apart($0).qr().q }, .of("qr r \(name)") { apart($0).qr().r },
                .of("qr complete \(name)", ["tall", "column", "batch"].contains(name) ? .none : .smooth) {
                    let (q, r) = apart($0).qr(complete: true)
                    return .concatenated([q.flattened(), r.flattened()])
                },
                .of("svd product \(name)") { product(apart($0)) { $0.log1p() } },
                .of("svd u \(name)") { apart($0).svd().u.squared() },
                .of("svd vh \(name)") { apart($0).svd().vh.squared() },
                .of("singularValues \(name)") { apart($0).singularValues() },
                .of("pseudoInverse \(name)") { apart($0).pseudoInverse() },
                OpCase("leastSquares \(name)") { apart($0[0]).leastSquares($0[1]) },
                .of("matrixRank \(name)", .none) { apart($0).matrixRank() },
            ]
        }
        + ["plain", "size 1", "batch", "empty", "four"].flatMap { name -> [OpCase] in
            [
                .of("eigh values \(name)") { symmetric($0).eigh().values },
                .of("eigh vectors \(name)") { symmetric($0).eigh().vectors.squared() },
                .of("eigh product \(name)") {
                    let (values, vectors) = symmetric($0).eigh()
                    let function = (values.exp() * 1e-3).log1p().insertingAxis(at: -2)
                    return (vectors * function).matmul(vectors.transposed())
                },
            ]
        }

    private static let ranks: [OpCase] =
        ["no columns", "no rows", "empty batch"].flatMap { name -> [OpCase] in
            [
                .of("svd product \(name)") { product($0) { $0 } }, .of("qr r \(name)") { $0.qr().r },
                .of("pseudoInverse \(name)") { $0.pseudoInverse() },
                .of("singularValues \(name)") { $0.singularValues() },
                .of("matrixRank \(name)", .none) { $0.matrixRank() },
            ]
        } + [
            .of("qr complete no columns", .none) { $0.qr(complete: true).q },
            .of("qr product") {
                let (q, r) = $0.qr()
                return q.matmul(r)
            },
            .of("pseudoInverse of rank 1", .none) { $0.pseudoInverse() },
            .of("singularValues of equal ones", .none) { $0.singularValues() },
            .of("svd of rank 1", .none) {
                let (u, s, vh) = $0.svd()
                return .concatenated([(u * s).matmul(vh), u.transposed().matmul(u)])
            },
            .of("matrixRank of rank 1", .none) { $0.matrixRank() },
            .of("matrixRank tolerance", .none) { $0.matrixRank(tolerance: 0.5) },
        ]
}
