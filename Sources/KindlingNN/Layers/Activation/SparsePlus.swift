// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// 0 up to −1, x from 1, and (x + 1)² / 4 between: a softplus that reaches 0 (Bastings and others 2019).
///
/// Output: the input's shape.
///
///     SparsePlus()(Tensor([-1.0, 0, 2]))     // [0, 0.25, 2]
public final class SparsePlus: ParameterlessLayer {
    /// The layer; it has no arguments.
    public init() { super.init { $0.sparsePlus() } }

    static let component = Component<any Layer>(
        "SparsePlus", "A smooth ramp that is 0 up to −1 and x from 1 on."
    ) { SparsePlus() }
}
