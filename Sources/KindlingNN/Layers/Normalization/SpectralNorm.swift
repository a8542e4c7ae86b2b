// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// A layer whose weight is divided by its largest singular value σ (Miyato and others 2018).
///
/// The weight is seen as a matrix W, with one row for each place along an axis. σ = uᵀ W v is estimated by power
/// iteration: in training each pass does u = W v / ‖W v‖, v = Wᵀ u / ‖Wᵀ u‖ from where the last one ended, without
/// gradients through u and v. As for running statistics that happens neither on the device `meta` nor inside `noGrad`.
/// Before the first pass there are 15 iterations. PyTorch's `spectral_norm`.
///
///     SpectralNorm(Conv2D(3, 64, kernelSize: 3))
public final class SpectralNorm: Layer {
    /// The layer whose weight is divided.
    public let layer: any Layer
    /// u, of the matrix' rows.
    public let left = Buffer()
    /// v, of the matrix' columns.
    public let right = Buffer()
    private let axis: Int
    private let iterations: Int
    private let epsilon: Double
    private var hasBegun = false
    private let mistake: LayerError?

    /// Wraps a layer.
    /// - Parameters:
    ///   - layer: One with a parameter `weight`.
    ///   - axis: Which of the weight's axes is that of the rows; 1 for transposed convolutions.
    ///   - iterations: How many for each pass, at least 1.
    ///   - epsilon: The least length that is divided by, above 0.
    public init(_ layer: any Layer, axis: Int = 0, iterations: Int = 1, epsilon: Double = 1e-12) {
        self.layer = layer
        self.axis = axis
        self.iterations = iterations
        self.epsilon = epsilon
        mistake = .found { () throws(LayerError) in
            try SpectralNorm.check(iterations: iterations, epsilon: epsilon)
        }
        // What lacks a shape yet, or the axis, is left to the first input.
        guard let shape = weight(of: layer).flatMap({ $0.isBuilt ? $0.shape : nil }), shape.axis(axis) != nil else {
            return
        }
        build(for: shape)
    }

    private func build(for weight: Shape) {
        let rows = weight.axis(axis).map { weight[$0] } ?? 0
        left.build([rows])
        right.build([weight.elementCount / max(1, rows)])
    }

    /// Refuses arguments that cannot be.
    static func check(iterations: Int, epsilon: Double) throws(LayerError) {
        guard (1...10_000).contains(iterations) else {
            throw LayerError("iterations", iterations, must: "be in 1 ... 10000")
        }
        try checkEpsilon(epsilon)
    }

    /// The layer's result with the weight divided.
    public func forward(_ input: Tensor) -> Tensor {
        do throws(TensorError) {
            if let mistake { throw mistake.noted(by: "SpectralNorm") }
            let weight = weight(of: layer)
            try checkReparametrized("SpectralNorm", layer, weight, axis: axis)
            if let failed = layer.buildIfNeeded(for: input) { return failed }
            try checkReparametrized("SpectralNorm", layer, weight, axis: axis)
            guard let weight else { return input }  // checked above
            return weight.replaced(by: normalized(weight.value)) { layer(input) }
        } catch { return .failed(error, input.spec) }
    }

    private func normalized(_ weight: Tensor) -> Tensor {
        build(for: weight.shape)
        // A vector's largest singular value is its length.
        guard weight.rank > 1 else { return weight.l2Normalized(epsilon: epsilon) }
        let rows = weight.movingAxis(axis, to: 0)
        let matrix = rows.reshaped(to: [rows.shape[0], rows.elementCount / max(1, rows.shape[0])])
        if weight.device != .meta {
            if !hasBegun { begin(matrix.detached()) }
            if ForwardContext.phase == .training, GradientMode.isRecording { iterate(matrix.detached(), iterations) }
        }
        let (u, v) = (seen(left, matrix), seen(right, matrix))
        return weight / (u * matrix.matmul(v)).sum()
    }

    /// Draws u and v unless they have values, from a checkpoint for example.
    private func begin(_ matrix: Tensor) {
        hasBegun = true
        noGrad {
            let length = seen(left, matrix).squared().sum()
            // What cannot be read has been noted, and is not begun with.
            guard let found = try? length.item(), found == 0 else { return }
            var stream = RandomStream(seed: 0)["spectral norm"]
            for buffer in [left, right] {
                buffer.value = Tensor.normal(buffer.shape, from: &stream, on: matrix.device).l2Normalized()
            }
            iterate(matrix, 15)
        }
    }

    private func iterate(_ matrix: Tensor, _ count: Int) {
        noGrad {
            var (u, v) = (seen(left, matrix), seen(right, matrix))
            for _ in 0..<count {
                u = matrix.matmul(v).l2Normalized(epsilon: epsilon)
                v = u.matmul(matrix).l2Normalized(epsilon: epsilon)
            }
            left.value = u.converted(to: left.dtype)
            right.value = v.converted(to: right.dtype)
        }
    }

    private func seen(_ buffer: Buffer, _ matrix: Tensor) -> Tensor {
        buffer.value(on: matrix.device).converted(to: matrix.dtype)
    }

    static let component = Component<any Layer>(
        "SpectralNorm", "A layer whose weight is divided by its largest singular value.",
        Field(required: "layer", of: LayerKind.kind, "The layer whose weight is divided."),
        Field("axis", default: 0, "Which of the weight's axes is that of the rows."),
        Field("iterations", default: 1, in: .atLeast(1), "Power iterations for each pass in training."),
        Field("epsilon", default: 1e-12, in: .positive, "The least length that is divided by.")
    ) { layer, axis, iterations, epsilon in
        try check(iterations: iterations, epsilon: epsilon)
        try checkReparametrized("SpectralNorm", layer, weight(of: layer), axis: axis)
        return SpectralNorm(layer, axis: axis, iterations: iterations, epsilon: epsilon)
    }
}
