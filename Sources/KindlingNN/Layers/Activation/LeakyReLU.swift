// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

/// x where it is positive, else slope · x (Maas and others 2013).
///
/// Output: the input's shape.
///
///     LeakyReLU()(Tensor([-1.0, 0, 2]))     // [-0.01, 0, 2]
public final class LeakyReLU: ParameterlessLayer {
    /// The layer.
    /// - Parameter negativeSlope: The slope of what is not positive; 0.01 as PyTorch has it (Keras' is 0.3).
    public init(negativeSlope: Double = 0.01) { super.init { $0.leakyReLU(slope: negativeSlope) } }

    static let component = Component<any Layer>(
        "LeakyReLU", "x where it is positive, else slope · x.",
        Field("negativeSlope", default: 0.01, "The slope of what is not positive.")
    ) { slope in LeakyReLU(negativeSlope: slope) }
}
