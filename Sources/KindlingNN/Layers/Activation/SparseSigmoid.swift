// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// 0 up to −1, 1 from 1, and (x + 1) / 2 between: the slope of ``SparsePlus``.
///
/// Output: the input's shape.
///
///     SparseSigmoid()(Tensor([-1.0, 0, 2]))     // [0, 0.5, 1]
public final class SparseSigmoid: ParameterlessLayer {
    /// The layer; it has no arguments.
    public init() { super.init { $0.sparseSigmoid() } }

    static let component = Component<any Layer>(
        "SparseSigmoid", "A sigmoid that reaches 0 and 1: a straight line between −1 and 1."
    ) { SparseSigmoid() }
}
