// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

extension Initializer {
    /// From which distribution ``varianceScaling(scale:mode:distribution:)`` draws.
    public enum Distribution: String, FieldChoice {
        /// Gauss' bell curve within two of its deviations, widened so that the numbers have the variance.
        case truncatedNormal
        /// Gauss' whole bell curve.
        case untruncatedNormal
        /// Evenly between ±√(3 · variance).
        case uniform
    }

    /// Around zero with a variance of scale / n, where n is a number of inputs or outputs that the shape tells.
    ///
    /// n is the product of all sizes but the first for `fanIn`, of all but the second for `fanOut`, and their mean for
    /// `fanAvg`, at least 1.
    public static func varianceScaling(
        scale: Double = 1, mode: FanMode = .fanIn, distribution: Distribution = .truncatedNormal
    ) -> Initializer {
        Initializer { shape, stream, dtype, device in
            let deviation = (scale / Fans(shape)[mode]).squareRoot()
            let initializer: Initializer =
                switch distribution {
                case .truncatedNormal: .truncatedNormal(standardDeviation: deviation / truncatedDeviation)
                case .untruncatedNormal: .normal(standardDeviation: deviation)
                case .uniform: .uniform(low: -3.0.squareRoot() * deviation, high: 3.0.squareRoot() * deviation)
                }
            return initializer.draw(shape, &stream, dtype, device)
        }
    }

    /// Evenly in ±√(6 / (fanIn + fanOut)) (Glorot and Bengio 2010): Keras' default for dense layers.
    public static func glorotUniform() -> Initializer { .varianceScaling(mode: .fanAvg, distribution: .uniform) }

    /// By a truncated bell curve of variance 2 / (fanIn + fanOut) (Glorot and Bengio 2010).
    public static func glorotNormal() -> Initializer { .varianceScaling(mode: .fanAvg) }

    /// Evenly in ±√(6 / fanIn), for ReLU (He and others 2015).
    public static func heUniform() -> Initializer { .varianceScaling(scale: 2, distribution: .uniform) }

    /// By a truncated bell curve of variance 2 / fanIn, for ReLU (He and others 2015).
    public static func heNormal() -> Initializer { .varianceScaling(scale: 2) }

    /// Evenly in ±√(3 / fanIn), for SELU (LeCun and others 1998).
    public static func lecunUniform() -> Initializer { .varianceScaling(distribution: .uniform) }

    /// By a truncated bell curve of variance 1 / fanIn, for SELU (Klambauer and others 2017).
    public static func lecunNormal() -> Initializer { .varianceScaling() }

    /// Evenly in ±1/√fanIn: what PyTorch's linear layers and convolutions begin with.
    public static func fanInUniform(fanIn: Int) -> Initializer {
        let bound = 1 / Double(max(1, fanIn)).squareRoot()
        return .uniform(low: -bound, high: bound)
    }
}

/// The deviation of a normal distribution of deviation 1 that ends at ±2.
private let truncatedDeviation = 0.87962566103423978

enum VarianceScalingInitializer {
    static let component = Component<Initializer>(
        "VarianceScaling", "Around zero with a variance of scale over a number of inputs or outputs.",
        Field("scale", default: 1.0, in: .positive, "What the variance is a multiple of."),
        Field("mode", default: FanMode.fanIn, "Which number it is divided by."),
        Field("distribution", default: Initializer.Distribution.truncatedNormal, "What numbers are drawn from.")
    ) { .varianceScaling(scale: $0, mode: $1, distribution: $2) }
}

enum GlorotUniformInitializer {
    static let component = Component<Initializer>(
        "GlorotUniform", "Evenly in ±√(6 / (inputs + outputs))."
    ) { .glorotUniform() }
}

enum GlorotNormalInitializer {
    static let component = Component<Initializer>(
        "GlorotNormal", "By a truncated bell curve of variance 2 / (inputs + outputs)."
    ) { .glorotNormal() }
}

enum HeUniformInitializer {
    static let component = Component<Initializer>("HeUniform", "Evenly in ±√(6 / inputs), for ReLU.") { .heUniform() }
}

enum HeNormalInitializer {
    static let component = Component<Initializer>(
        "HeNormal", "By a truncated bell curve of variance 2 / inputs, for ReLU."
    ) { .heNormal() }
}

enum LecunUniformInitializer {
    static let component = Component<Initializer>(
        "LecunUniform", "Evenly in ±√(3 / inputs), for SELU."
    ) { .lecunUniform() }
}

enum LecunNormalInitializer {
    static let component = Component<Initializer>(
        "LecunNormal", "By a truncated bell curve of variance 1 / inputs, for SELU."
    ) { .lecunNormal() }
}
