// SPDX-License-Identifier: Apache-2.0
import KindlingEngine
import KindlingTesting

/// One row of the operation tables: a name that the fixtures know, and the operation.
struct OpCase: Sendable, CustomStringConvertible {
    /// How far the operation can be differentiated.
    enum Smoothness: Sendable {
        /// Gradients of every order, checked by differences.
        case smooth
        /// A gradient that jumps or at points that differences would cross: compared with PyTorch's alone.
        case kinked
        /// None: the result is no real number.
        case none
    }

    let description: String
    let smoothness: Smoothness
    let apply: @Sendable ([Tensor]) -> Tensor

    init(_ name: String, _ smoothness: Smoothness = .smooth, _ apply: @escaping @Sendable ([Tensor]) -> Tensor) {
        description = name
        self.smoothness = smoothness
        self.apply = apply
    }

    /// An operation of one tensor.
    static func of(_ name: String, _ smoothness: Smoothness = .smooth, _ apply: @escaping @Sendable (Tensor) -> Tensor)
        -> OpCase
    {
        OpCase(name, smoothness) { apply($0[0]) }
    }

    static let all = [
        elementwise, withNumbers, binary, reductions, shapes, products, pictures, rows,
        basics,
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
        measures,
        // Last, so that an operation's first row is one of its own family's.
        otherSizes,
    ].flatMap(\.self)
    static let differentiable = all.filter { $0.smoothness != .none }
    static let smooth = all.filter { $0.smoothness == .smooth }
}

/// Where the tables run.
enum TestDevice: String, CaseIterable, Sendable {
    case cpu, reference
}
