// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

extension Initializer {
    /// The function after a layer, which says by how much its weights must be larger: PyTorch's `calculate_gain`.
    public enum Nonlinearity: String, FieldChoice {
        /// None, a convolution, or a sigmoid: 1.
        case linear
        /// 1, as PyTorch has it.
        case sigmoid
        /// 5/3.
        case tanh
        /// √2.
        case relu
        /// √(2 / (1 + slope²)).
        case leakyRelu
        /// 3/4.
        case selu

        /// The factor.
        ///
        /// Only a leaky ReLU asks for the slope of its negative side.
        public func gain(negativeSlope: Double = 0.01) -> Double {
            switch self {
            case .linear, .sigmoid: 1
            case .tanh: 5.0 / 3
            case .relu: 2.0.squareRoot()
            case .leakyRelu: (2 / (1 + negativeSlope * negativeSlope)).squareRoot()
            case .selu: 0.75
            }
        }
    }

    /// Evenly in ±gain · √(3 / fan): PyTorch's `kaiming_uniform_` (He and others 2015).
    /// - Parameters:
    ///   - nonlinearity: What comes after the layer.
    ///   - negativeSlope: Of a leaky ReLU.
    ///   - mode: Which number is divided by.
    public static func kaimingUniform(
        for nonlinearity: Nonlinearity = .leakyRelu, negativeSlope: Double = 0, mode: FanMode = .fanIn
    ) -> Initializer {
        let gain = nonlinearity.gain(negativeSlope: negativeSlope)
        return .varianceScaling(scale: gain * gain, mode: mode, distribution: .uniform)
    }

    /// By a bell curve of deviation gain / √fan: PyTorch's `kaiming_normal_` (He and others 2015), which is not truncated.
    public static func kaimingNormal(
        for nonlinearity: Nonlinearity = .leakyRelu, negativeSlope: Double = 0, mode: FanMode = .fanIn
    ) -> Initializer {
        let gain = nonlinearity.gain(negativeSlope: negativeSlope)
        return .varianceScaling(scale: gain * gain, mode: mode, distribution: .untruncatedNormal)
    }

    /// Evenly in ±gain · √(6 / (fanIn + fanOut)): PyTorch's `xavier_uniform_`.
    public static func xavierUniform(gain: Double = 1) -> Initializer {
        .varianceScaling(scale: gain * gain, mode: .fanAvg, distribution: .uniform)
    }

    /// By a bell curve of deviation gain · √(2 / (fanIn + fanOut)): PyTorch's `xavier_normal_`.
    public static func xavierNormal(gain: Double = 1) -> Initializer {
        .varianceScaling(scale: gain * gain, mode: .fanAvg, distribution: .untruncatedNormal)
    }
}

enum KaimingUniformInitializer {
    static let component = Component<Initializer>(
        "KaimingUniform", "Evenly, wide enough for the function that comes after.",
        Field("nonlinearity", default: Initializer.Nonlinearity.leakyRelu, "What comes after the layer."),
        Field("negativeSlope", default: 0.0, "Of a leaky ReLU."),
        Field("mode", default: FanMode.fanIn, "Which number is divided by.")
    ) { .kaimingUniform(for: $0, negativeSlope: $1, mode: $2) }
}

enum KaimingNormalInitializer {
    static let component = Component<Initializer>(
        "KaimingNormal", "By a bell curve, wide enough for the function that comes after.",
        Field("nonlinearity", default: Initializer.Nonlinearity.leakyRelu, "What comes after the layer."),
        Field("negativeSlope", default: 0.0, "Of a leaky ReLU."),
        Field("mode", default: FanMode.fanIn, "Which number is divided by.")
    ) { .kaimingNormal(for: $0, negativeSlope: $1, mode: $2) }
}

enum XavierUniformInitializer {
    static let component = Component<Initializer>(
        "XavierUniform", "Evenly in ±gain · √(6 / (inputs + outputs)).",
        Field("gain", default: 1.0, in: .positive, "The factor.")
    ) { .xavierUniform(gain: $0) }
}

enum XavierNormalInitializer {
    static let component = Component<Initializer>(
        "XavierNormal", "By a bell curve of deviation gain · √(2 / (inputs + outputs)).",
        Field("gain", default: 1.0, in: .positive, "The factor.")
    ) { .xavierNormal(gain: $0) }
}
