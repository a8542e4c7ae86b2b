// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// An iteration that gives all singular values of a matrix about the size 1, by products only.
///
/// X ← X / max(‖X‖, ε), then `steps` times A = X Xᵀ, X ← a X + (b A + c A²) X, on the transpose of a tall matrix
/// (Jordan and others 2024). Singular values end between about 0.7 and 1.2. Computed in the matrix' own type.
public struct NewtonSchulz: Sendable, Hashable {
    /// How often it is done.
    public var steps: Int
    /// a: the share of X.
    public var linear: Double
    /// b: the share of A X.
    public var cubic: Double
    /// c: the share of A² X.
    public var quintic: Double
    /// ε: the least norm that is divided by.
    public var epsilon: Double

    /// An iteration, with the published coefficients, whose slope at zero is steep.
    public init(
        steps: Int = 5, linear: Double = 3.4445, cubic: Double = -4.775, quintic: Double = 2.0315,
        epsilon: Double = 1e-7
    ) {
        self.steps = steps
        self.linear = linear
        self.cubic = cubic
        self.quintic = quintic
        self.epsilon = epsilon
    }

    /// The matrix with its singular values near 1; shape [rows, columns] as given, or [count, rows, columns].
    public func orthogonal(_ matrix: Tensor) -> Tensor {
        guard matrix.rank > 1, !matrix.isPlaceholder else { return matrix }
        let isTall = matrix.shape[matrix.rank - 2] > matrix.shape[matrix.rank - 1]
        let wide = isTall ? swapped(matrix) : matrix
        var x = wide / wide.norm(over: -2, -1, keepDims: true).maximum(epsilon)
        for _ in 0..<max(0, steps) {
            let a = x.matmul(swapped(x))
            x = x * linear + (a * cubic + a.matmul(a) * quintic).matmul(x)
        }
        return isTall ? swapped(x) : x
    }

    private func swapped(_ matrices: Tensor) -> Tensor { matrices.movingAxis(-1, to: matrices.rank - 2) }

    /// What `steps` may be.
    static let stepRange = FieldRange(low: 1, high: 99, includesLow: true, includesHigh: true)
}
