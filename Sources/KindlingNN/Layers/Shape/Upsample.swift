// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
public import KindlingEngine

/// Sequences, pictures or volumes in another size, by interpolation; PyTorch's `Upsample`, Keras' `UpSampling2D`.
///
/// Shapes: `[N, C, spatial…]` → `[N, C, spatial…]`, with 1 to 3 spatial axes. In mode `.linear` it is linear, bilinear
/// or trilinear, in mode `.cubic` bicubic, by the number of axes. An axis of n elements becomes one of ⌊n · scale⌋.
///
///     Upsample(scale: 2)(x)                               // [N, C, 8, 8] → [N, C, 16, 16]
///     Upsample(size: [32, 48], mode: .linear)(x)          // [N, C, 8, 8] → [N, C, 32, 48]
public final class Upsample: ParameterlessLayer {
    /// A layer that multiplies sizes.
    /// - Parameters:
    ///   - scale: The factor for every spatial axis, above 0.
    ///   - mode: How numbers in between are found.
    ///   - alignCorners: Whether the centres of the corners stay in the corners; not in mode `.nearest`.
    public convenience init(scale: Double, mode: InterpolationMode = .nearest, alignCorners: Bool = false) {
        self.init(scale: [scale], mode: mode, alignCorners: alignCorners)
    }

    /// A layer that multiplies sizes, by a factor for each spatial axis.
    public init(scale: [Double], mode: InterpolationMode = .nearest, alignCorners: Bool = false) {
        let isPositive = !scale.isEmpty && scale.allSatisfy { $0 > 0 && $0.isFinite }
        super.init(
            mistake: isPositive
                ? Upsample.mistake(mode, alignCorners) : LayerError("scale", scale, must: "be finite and above 0")
        ) { $0.interpolated(scale: scale, mode: mode, alignCorners: alignCorners) }
    }

    /// A layer that gives one size, whatever comes in.
    /// - Parameters:
    ///   - size: The size of every spatial axis, one number or one for each.
    ///   - mode: How numbers in between are found.
    ///   - alignCorners: Whether the centres of the corners stay in the corners; not in mode `.nearest`.
    public init(size: some PerAxis, mode: InterpolationMode = .nearest, alignCorners: Bool = false) {
        let sizes = size.perAxis
        let isPositive = !sizes.isEmpty && sizes.allSatisfy { $0 >= 1 }
        super.init(
            mistake: isPositive
                ? Upsample.mistake(mode, alignCorners) : LayerError("size", sizes, must: "be 1 or more")
        ) { $0.interpolated(to: sizes, mode: mode, alignCorners: alignCorners) }
    }

    private static func mistake(_ mode: InterpolationMode, _ alignCorners: Bool) -> LayerError? {
        mode == .nearest && alignCorners
            ? LayerError("alignCorners", alignCorners, must: "be false in mode nearest") : nil
    }

    private enum Mode: String, FieldChoice {
        case nearest, linear, cubic

        var interpolation: InterpolationMode {
            switch self {
            case .nearest: .nearest
            case .linear: .linear
            case .cubic: .cubic
            }
        }
    }

    static let component = Component<any Layer>(
        "Upsample", "Pictures in another size, by interpolation; give a scale or a size.",
        Field<OneOrMore<Double>?>("scale", default: nil, in: .positive, "The factor for the spatial axes."),
        Field<OneOrMore<Int>?>("size", default: nil, in: .atLeast(1), "The size of the spatial axes."),
        Field("mode", default: Mode.nearest, "How numbers in between are found."),
        Field("alignCorners", default: false, "Whether the centres of the corners stay in the corners.")
    ) { scale, size, mode, alignCorners in
        switch (scale, size) {
        case (let scale?, nil):
            return try Upsample(scale: scale.elements, mode: mode.interpolation, alignCorners: alignCorners).checked()
        case (nil, let size?):
            return try Upsample(size: size, mode: mode.interpolation, alignCorners: alignCorners).checked()
        default: throw LayerError(what: "give scale or size, not \(scale == nil ? "neither" : "both")")
        }
    }
}
