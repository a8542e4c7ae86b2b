// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension BackendLaws {
    /// Factorizations, in batches, of sizes on both sides of a block, and matrices that have to be refused.
    ///
    /// Singular vectors and eigenvectors have free signs, so no two backends need agree on them: what is made of them is
    /// compared in the tests of the operations.
    static let linearAlgebraCases: [BackendCase] = [DType.float32, .float64].flatMap { dtype in
        [
            BackendCase("solving \(dtype.name)") { solving(dtype) },
            BackendCase("factoring \(dtype.name)") { factoring(dtype) },
            BackendCase("matrices that cannot be factored \(dtype.name)") { refused(dtype) },
        ]
    }

    /// Sizes of a batch and of its matrices.
    private static let sizes: [(batch: [Int], n: Int)] = [
        ([], 1), ([], 2), ([3], 3), ([2, 2], 5), ([], 33), ([2], 70), ([0], 2), ([], 0),
    ]

    /// Symmetric, with a diagonal that outweighs its row, so that rounding is not magnified.
    private static func matrices(_ batch: [Int], _ n: Int) -> SampleValues {
        let entries = SampleValues.uniform(-1, 1, seed: 5)
        let count = batch.reduce(1, *)
        return .listed(
            (0..<count).flatMap { matrix in
                (0..<n * n).map { place in
                    let (row, column) = (place / n, place % n)
                    let entry = entries.number(at: (matrix * n + min(row, column)) * n + max(row, column))
                    return row == column ? Double(n) + entry : entry
                }
            })
    }

    private static func call(
        _ function: LinearAlgebra.Function, _ dtype: DType, _ batch: [Int], _ n: Int, right: Int? = nil,
        to result: [Int], _ values: SampleValues? = nil, units: Double = 8, mistake: TensorError.Code? = nil
    ) -> BackendCall {
        var inputs: [TensorSample] = [
            .input(dtype, Shape(batch + [n, n]), .rowMajor, values ?? matrices(batch, n))
        ]
        if let right {
            inputs.append(.input(dtype, Shape(batch + [n, right]), .rowMajor, .uniform(-2, 2, seed: 6)))
        }
        return BackendCall(
            .linearAlgebra(LinearAlgebra(function, for: "law")), inputs, to: [.output(dtype, Shape(batch + result))],
            within: Tolerance(ulps: 4, units: units * Double(max(4, n))), mistake: mistake)
    }

    private static func solving(_ dtype: DType) -> [BackendCall] {
        let triangles = [false, true].flatMap { upper in
            [false, true].flatMap { transposed in
                [false, true].map { unit in
                    LinearAlgebra.Triangle(upper: upper, transposed: transposed, unitDiagonal: unit)
                }
            }
        }
        return sizes.flatMap { batch, n in
            [0, 1, 3].flatMap { columns in
                [call(.solve, dtype, batch, n, right: columns, to: [n, columns])]
                    + triangles.filter { !$0.unitDiagonal || n < 6 }.map { triangle in
                        // Without its diagonal a triangle outweighs nothing: the error grows with the size.
                        call(
                            .triangularSolve(triangle), dtype, batch, n, right: columns, to: [n, columns],
                            units: triangle.unitDiagonal ? 64 : 8)
                    }
            }
        }
    }

    private static func factoring(_ dtype: DType) -> [BackendCall] {
        sizes.flatMap { batch, n in
            [
                call(.cholesky, dtype, batch, n, to: [n, n]),
                call(.orthogonalTriangular(complete: false), dtype, batch, n, to: [2 * n * n], units: 64),
                call(.orthogonalTriangular(complete: true), dtype, batch, n, to: [2 * n * n], units: 64),
            ]
        }
            // The determinant of a large matrix is too large for single precision.
            + sizes.filter { $0.n < 33 }.map { call(.determinant, dtype, $0.batch, $0.n, to: [3], units: 16) }
            + [call(.determinant, dtype, [2], 2, to: [3], .listed([1, 2, 2, 4, 0, 1, 1, 0]))]
    }

    private static func refused(_ dtype: DType) -> [BackendCall] {
        let lower = LinearAlgebra.Triangle(upper: false, transposed: false, unitDiagonal: false)
        // A unit matrix, then one of which a pivot is zero.
        let singular = SampleValues.listed([1, 0, 0, 1, 0, 0, 0, 1])
        let indefinite = SampleValues.listed([1, 0, 0, 1, 1, 2, 2, 1])
        let notFinite = SampleValues.listed([1, 0, 0, 1, 1, 0, .nan, 1])
        return [
            call(.solve, dtype, [2], 2, right: 1, to: [2, 1], singular, mistake: .invalidValue),
            call(.triangularSolve(lower), dtype, [2], 2, right: 1, to: [2, 1], singular, mistake: .invalidValue),
            call(.cholesky, dtype, [2], 2, to: [2, 2], indefinite, mistake: .invalidValue),
            call(.singularValues, dtype, [2], 2, to: [10], notFinite, mistake: .invalidValue),
            call(.symmetricEigen, dtype, [2], 2, to: [6], notFinite, mistake: .invalidValue),
        ]
    }
}
