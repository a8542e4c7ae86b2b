// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// min(max(0, x + 3), 6) / 6, the sigmoid in three straight pieces (Courbariaux and others 2015).
///
/// Output: the input's shape.
///
///     HardSigmoid()(Tensor([-1.0, 0, 2]))     // [0.3333, 0.5, 0.8333]
public final class HardSigmoid: ParameterlessLayer {
    /// The layer; it has no arguments.
    public init() { super.init { $0.hardSigmoid() } }

    static let component = Component<any Layer>(
        "HardSigmoid", "The sigmoid in three straight pieces."
    ) { HardSigmoid() }
}
