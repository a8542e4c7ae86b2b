// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import KindlingBackend
public import KindlingDeclarations
internal import KindlingEngine

/// How a short-time Fourier transform's kernel is made: Keras' `STFT`.
public enum FourierSide: String, FieldChoice {
    /// Cosines.
    case real
    /// Sines.
    case imaginary
}

/// By what the kernel of a short-time Fourier transform is divided.
public enum FourierScaling: String, FieldChoice {
    /// The window's root of the sum of squares.
    case density
    /// The window's sum.
    case spectrum
    /// Nothing.
    case none
}

/// What frames of a signal are weighted with before they are transformed; SciPy's windows of the same names.
public enum FourierWindow: String, FieldChoice {
    /// ½ − ½ cos.
    case hann
    /// 0.54 − 0.46 cos.
    case hamming
    /// 0.42 − 0.5 cos + 0.08 cos of twice the angle.
    case blackman
    /// A triangle that begins and ends at 0.
    case bartlett
    /// Half a period of the sine.
    case cosine
    /// Nothing; then nothing is scaled either.
    case none

    /// The weights of a frame, of one period where `periodic`, else mirrored about the middle.
    fileprivate func weights(_ count: Int, periodic: Bool) -> [Double] {
        guard count > 1, self != .none else { return Array(repeating: 1, count: max(0, count)) }
        let period = Double(periodic ? count : count - 1)
        return (0..<count).map { place in
            let angle = 2 * Double.pi * Double(place) / period
            return switch self {
            case .hann: 0.5 - 0.5 * cos(angle)
            case .hamming: 0.54 - 0.46 * cos(angle)
            case .blackman: 0.42 - 0.5 * cos(angle) + 0.08 * cos(2 * angle)
            case .bartlett: 1 - abs(2 * Double(place) / period - 1)
            case .cosine: sin(Double.pi * (Double(place) + 0.5) / (period + 1))
            case .none: 1
            }
        }
    }
}

extension Initializer {
    /// The kernel of a convolution that gives a signal's short-time Fourier transform: Keras' `STFT`.
    ///
    /// For `[B, 1, T]`, B frequencies from 0 to half the sampling rate and frames of T: w[t] · cos(−2π t b / F) / s with
    /// F = 2 (B − 1), and sin for the imaginary side; w is the window, s its scale. Other shapes are errors.
    ///
    ///     let real = Conv1D(1, 129, kernelSize: 256, stride: 128, bias: false, weightInitializer: .stft())
    public static func stft(
        _ side: FourierSide = .real, window: FourierWindow = .hann, scaling: FourierScaling = .density,
        periodic: Bool = false
    ) -> Initializer {
        Initializer { shape, _, dtype, device in
            guard shape.rank == 3, shape[1] == 1, dtype.isFloatingPoint else {
                return .failed(
                    TensorError(
                        .shapeMismatch, operation: "stft",
                        "\(TensorSpec(shape: shape, dtype: dtype)) is no kernel [frequencies, 1, frame]",
                        remedy: "use it for a convolution of one signal: Conv1D(1, …)"),
                    TensorSpec(shape: shape, dtype: dtype))
            }
            guard shape.isValid, shape.elementCount > 0, device != .meta else {
                return .zeros(shape, dtype: dtype, on: device)
            }
            let (bins, frame) = (shape[0], shape[2])
            let weights = window.weights(frame, periodic: periodic)
            let scale: Double =
                switch (window, scaling) {
                case (.none, _), (_, .none): 1
                case (_, .density): weights.reduce(0) { $0 + $1 * $1 }.squareRoot()
                case (_, .spectrum): weights.reduce(0) { $0 + abs($1) }
                }
            let length = Double(max(1, 2 * (bins - 1)))
            let numbers = (0..<bins * frame).map { place in
                let angle = -2 * Double.pi * Double(place % frame) * (Double(place / frame) / length)
                return (side == .real ? cos(angle) : sin(angle)) * weights[place % frame] / scale
            }
            let value = Tensor(numbers, dtype: .float64, on: .cpu).reshaped(to: shape).converted(to: dtype)
            do throws(TensorError) { return try value.copied(to: device) } catch { return .failed(error, value.spec) }
        }
    }
}

enum STFTInitializer {
    static let component = Component<Initializer>(
        "STFT", "The kernel of a convolution that gives a signal's short-time Fourier transform.",
        Field("side", default: FourierSide.real, "Cosines or sines."),
        Field("window", default: FourierWindow.hann, "What frames are weighted with."),
        Field("scaling", default: FourierScaling.density, "By what of the window it is divided."),
        Field("periodic", default: false, "Whether the window is one period, not mirrored about its middle.")
    ) { .stft($0, window: $1, scaling: $2, periodic: $3) }
}
