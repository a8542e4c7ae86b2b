// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

/// A mistake that a user can make, and what is said about it, word for word.
struct ErrorCase: Sendable, CustomStringConvertible {
    let code: TensorError.Code
    let message: String
    let mistake: @Sendable () -> Tensor

    init(_ code: TensorError.Code, _ message: String, _ mistake: @escaping @Sendable () -> Tensor) {
        self.code = code
        self.message = message
        self.mistake = mistake
    }

    var description: String { message }

    static func zeros(_ sizes: Int..., dtype: DType = .float32) -> Tensor { .zeros(Shape(sizes), dtype: dtype) }

    static let all = [
        creation, arithmetic, shapes, products, pictures, rows,
        functions,
        activations,
        statistics,
        scans,
        arrangements,
        indexing,
        contractions,
        normalizations,
        windows,
        attention,
        sequences,
        losses,
        linearAlgebra,
    ].flatMap(\.self)
}
