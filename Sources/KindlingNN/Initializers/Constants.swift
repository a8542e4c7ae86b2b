// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
internal import KindlingEngine

extension Initializer {
    /// One number everywhere.
    public static func constant(_ number: Double) -> Initializer {
        Initializer { shape, _, dtype, device in .full(shape, number, dtype: dtype, on: device) }
    }

    /// Zeros: what most biases begin with.
    public static let zeros = Initializer.constant(0)

    /// Ones: what the scales of normalizations begin with.
    public static let ones = Initializer.constant(1)

    /// The map that changes nothing, times a number.
    ///
    /// For `[out, in]` ones from the upper left corner down to the right; for a convolution's `[out, in, window…]` the
    /// same in the window's middle, so that each channel is handed on (PyTorch's `eye_` and `dirac_`). Shapes of other
    /// ranks are errors.
    public static func identity(gain: Double = 1) -> Initializer {
        Initializer { shape, _, dtype, device in
            guard (2...5).contains(shape.rank) else {
                return .failed(
                    TensorError(
                        .shapeMismatch, operation: "identity",
                        "a shape of \(shape.rank) axes is no weight [out, in] and none of a convolution",
                        remedy: "use zeros or ones"), TensorSpec(shape: shape, dtype: dtype))
            }
            let matrix = Tensor.eye(shape[0], shape[1], dtype: dtype, on: device) * gain
            let windows = shape.dimensions.dropFirst(2)
            guard !windows.isEmpty, !matrix.isPlaceholder else { return matrix }
            guard windows.allSatisfy({ $0 > 0 }) else { return .zeros(shape, dtype: dtype, on: device) }
            let inner = matrix.reshaped(to: Shape(matrix.shape.dimensions + windows.map { _ in 1 }))
            return inner.padded(windows.map { (before: $0 / 2, after: $0 - 1 - $0 / 2) })
        }
    }
}

enum ConstantInitializer {
    static let component = Component<Initializer>(
        "Constant", "One number everywhere.", Field("value", default: 0.0, "The number.")
    ) { .constant($0) }
}

enum ZerosInitializer {
    static let component = Component<Initializer>("Zeros", "Zeros.") { .zeros }
}

enum OnesInitializer {
    static let component = Component<Initializer>("Ones", "Ones.") { .ones }
}

enum IdentityInitializer {
    static let component = Component<Initializer>(
        "Identity", "The map that changes nothing, times a number.", Field("gain", default: 1.0, "The number.")
    ) { .identity(gain: $0) }
}
