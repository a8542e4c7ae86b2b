// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// y = x · scale + offset, such as from bytes to 0 … 1 or −1 … 1: Keras' `Rescaling`.
///
/// Output: the input's shape; whole numbers become float32.
///
///     Rescaling(scale: 1 / 127.5, offset: -1)
public final class Rescaling: Layer {
    private let scale: Double
    private let offset: Double

    /// A layer with a factor and a summand, the same for every element.
    public init(scale: Double, offset: Double = 0) {
        self.scale = scale
        self.offset = offset
    }

    /// x · scale + offset.
    public func forward(_ input: Tensor) -> Tensor { input.real * scale + offset }

    static let component = Component<any Layer>(
        "Rescaling", "Multiplies by a factor and adds a summand.",
        Field<Double>(required: "scale", "The factor."), Field("offset", default: 0.0, "The summand.")
    ) { Rescaling(scale: $0, offset: $1) }
}
