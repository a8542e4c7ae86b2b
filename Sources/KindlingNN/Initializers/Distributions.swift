// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingEngine

extension Initializer {
    /// Evenly in [low, high).
    public static func uniform(low: Double, high: Double) -> Initializer {
        Initializer { shape, stream, dtype, device in
            .uniform(shape, low: low, high: high, from: &stream, dtype: dtype, on: device)
        }
    }

    /// By Gauss' bell curve.
    public static func normal(mean: Double = 0, standardDeviation: Double = 1) -> Initializer {
        Initializer { shape, stream, dtype, device in
            .normal(shape, mean: mean, standardDeviation: standardDeviation, from: &stream, dtype: dtype, on: device)
        }
    }

    /// Evenly in [low, high), with Keras' defaults.
    public static func randomUniform(low: Double = -0.05, high: Double = 0.05) -> Initializer {
        .uniform(low: low, high: high)
    }

    /// By Gauss' bell curve, with Keras' defaults.
    public static func randomNormal(mean: Double = 0, standardDeviation: Double = 0.05) -> Initializer {
        .normal(mean: mean, standardDeviation: standardDeviation)
    }

    /// By Gauss' bell curve, without the numbers that lie farther than two deviations from the mean.
    ///
    /// The deviation is that of the whole curve; that of the numbers is 0.8796 of it.
    public static func truncatedNormal(mean: Double = 0, standardDeviation: Double = 0.05) -> Initializer {
        Initializer { shape, stream, dtype, device in
            .truncatedNormal(
                shape, mean: mean, standardDeviation: standardDeviation, low: mean - 2 * standardDeviation,
                high: mean + 2 * standardDeviation, from: &stream, dtype: dtype, on: device)
        }
    }
}

enum RandomUniformInitializer {
    static let component = Component<Initializer>(
        "RandomUniform", "Evenly between two bounds.",
        Field("low", default: -0.05, "The lower bound."), Field("high", default: 0.05, "The upper bound.")
    ) { low, high in
        guard low <= high else { throw LayerError("low", low, must: "not be above high, \(high)") }
        return .randomUniform(low: low, high: high)
    }
}

enum RandomNormalInitializer {
    static let component = Component<Initializer>(
        "RandomNormal", "By Gauss' bell curve.", Field("mean", default: 0.0, "The middle."),
        Field("standardDeviation", default: 0.05, in: .nonNegative, "The width.")
    ) { .randomNormal(mean: $0, standardDeviation: $1) }
}

enum TruncatedNormalInitializer {
    static let component = Component<Initializer>(
        "TruncatedNormal", "By Gauss' bell curve, within two deviations of the mean.",
        Field("mean", default: 0.0, "The middle."),
        Field("standardDeviation", default: 0.05, in: .positive, "The width of the whole curve.")
    ) { .truncatedNormal(mean: $0, standardDeviation: $1) }
}
