// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// x where it is positive, else slope · x with a slope that is learned (He and others 2015).
///
/// Shapes: `[N, C, …]` → the same; weight `[1]`, one slope for all, or `[C]`, one for each channel of axis 1.
///
/// Leave the weight out of weight decay: it would draw the slope to 0.
///
///     Sequential { Conv2D(3, 8, kernelSize: 3); PReLU(8) }     // a slope for each channel
public final class PReLU: Layer {
    /// The slopes, `[channels]`.
    public let weight: Parameter
    private let mistake: LayerError?

    /// The layer.
    /// - Parameters:
    ///   - channels: The number of slopes: 1, or the input's channels.
    ///   - initial: What every slope begins with.
    public init(_ channels: Int = 1, initial: Double = 0.25) {
        mistake = channels >= 1 ? nil : LayerError("channels", channels, must: "be 1 or more")
        weight = Parameter([max(1, channels)], .constant(initial))
        note(mistake)
    }

    /// The input with what is not positive scaled.
    public func forward(_ input: Tensor) -> Tensor {
        if let mistake { return input.refused(mistake, by: "PReLU") }
        return input.prelu(slope: weight.value)
    }

    static let component = Component<any Layer>(
        "PReLU", "A leaky ReLU whose slopes are learned.",
        Field("channels", default: 1, in: .atLeast(1), "The number of slopes: 1, or the input's channels."),
        Field("initial", default: 0.25, "What every slope begins with.")
    ) { channels, initial in PReLU(channels, initial: initial) }
}
