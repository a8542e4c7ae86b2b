// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
internal import KindlingEngine

extension Initializer {
    /// A matrix whose rows, or columns where there are fewer, are orthogonal and `gain` long (Saxe and others 2014).
    ///
    /// Axes after the first count as one, as PyTorch's `orthogonal_` has it. Q of the QR decomposition of normal numbers,
    /// each column with the sign of R's diagonal, so that all directions are equally likely (Mezzadri 2007). Shapes of
    /// fewer than two axes are errors. Float32 at least, on the CPU; cost rows · columns · min(rows, columns).
    public static func orthogonal(gain: Double = 1) -> Initializer {
        Initializer { shape, stream, dtype, device in
            guard shape.rank >= 2, dtype.isFloatingPoint else {
                return .failed(
                    TensorError(
                        .shapeMismatch, operation: "orthogonal",
                        "\(TensorSpec(shape: shape, dtype: dtype)) is no matrix of real numbers",
                        remedy: "use it for weights of two axes or more"), TensorSpec(shape: shape, dtype: dtype))
            }
            guard shape.isValid, shape.elementCount > 0, device != .meta else {
                return .zeros(shape, dtype: dtype, on: device)
            }
            let (rows, columns) = (shape[0], shape.elementCount / shape[0])
            let tall: Shape = [max(rows, columns), min(rows, columns)]
            let computed: DType = dtype == .float64 ? .float64 : .float32
            let (q, r) = Tensor.normal(tall, from: &stream, dtype: computed, on: .cpu).qr()
            let signed = q * r.diagonal().sign() * gain
            let matrix = rows < columns ? signed.transposed().contiguous() : signed
            let value = matrix.reshaped(to: shape).converted(to: dtype)
            do throws(TensorError) { return try value.copied(to: device) } catch { return .failed(error, value.spec) }
        }
    }
}

enum OrthogonalInitializer {
    static let component = Component<Initializer>(
        "Orthogonal", "A matrix of orthogonal rows or columns.", Field("gain", default: 1.0, "Their length.")
    ) { .orthogonal(gain: $0) }
}
