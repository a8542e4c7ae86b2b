// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// max(0, x)² (So and others 2021, Primer).
///
/// Output: the input's shape.
///
///     ReLUSquared()(Tensor([-1.0, 0, 2]))     // [0, 0, 4]
public final class ReLUSquared: ParameterlessLayer {
    /// The layer; it has no arguments.
    public init() { super.init { $0.reluSquared() } }

    static let component = Component<any Layer>("ReLUSquared", "max(0, x)² (So and others 2021).") { ReLUSquared() }
}
