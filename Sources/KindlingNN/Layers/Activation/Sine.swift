// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// sin(ω x), the activation of networks that represent signals (Sitzmann and others 2020, SIREN).
///
/// Output: the input's shape.
///
///     Sine()(Tensor([-1.0, 0, 2]))     // [-0.8415, 0, 0.9093]
public final class Sine: ParameterlessLayer {
    /// The layer.
    /// - Parameter frequency: ω, 1 by default; SIREN uses 30.
    public init(frequency: Double = 1) { super.init { (frequency == 1 ? $0 : $0 * frequency).sin() } }

    static let component = Component<any Layer>(
        "Sine", "sin(ω x) (Sitzmann and others 2020).",
        Field("frequency", default: 1.0, "ω; SIREN uses 30.")
    ) { frequency in Sine(frequency: frequency) }
}
