// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// Brings every feature to mean 0 and variance 1 as found in the training data: Keras' `Normalization`.
///
/// y = (x − mean) / max(√variance, 10⁻⁷); inverted, y = x · max(√variance, 10⁻⁷) + mean. Mean and variance (of the whole
/// population) are found by ``FittedLayer/adapt(_:)-(Tensor)`` or given; before that they are 0 and 1. Unlike
/// batch normalization they do not change in training. Over several batches they are merged in double precision (Chan,
/// Golub and LeVeque 1979), so that the batches' sizes do not matter.
///
/// Output: the input's shape; whole numbers become float32. Buffers `mean` and `variance` of the kept axes' sizes, and
/// `count`, how many numbers each of them comes from.
///
///     let layer = Normalization()               // a table [N, features]: each column for itself
///     let pictures = Normalization(axis: [1])   // pictures [N, C, H, W]: each channel for itself
public final class Normalization: FittedLayer, LazilyBuilt {
    /// The means, of the kept axes' sizes.
    public let mean = Buffer()
    /// The variances, of the kept axes' sizes.
    public let variance = Buffer()
    /// From how many numbers each mean comes, int64 `[]`; 0 before any were seen.
    public let count = Buffer(Tensor.zeros([], dtype: .int64))
    private let axes: [Int]
    private let isInverted: Bool
    private var isGiven = false
    private var found: Moments?

    /// A layer that takes mean and variance from data.
    /// - Parameters:
    ///   - axis: The axes whose indices have means of their own, negative ones from the end; `[]` for one mean of all.
    ///   - invert: Whether normalized numbers are brought back.
    public init(axis: [Int] = [-1], invert: Bool = false) {
        axes = axis
        isInverted = invert
    }

    /// A layer of known mean and variance, one for each index along the kept axes in row-major order, or one for all.
    public convenience init(axis: [Int] = [-1], mean: [Double], variance: [Double], invert: Bool = false) {
        self.init(axis: axis, invert: invert)
        self.mean.value = Tensor(mean)
        self.variance.value = Tensor(variance)
        isGiven = true
    }

    /// Whether the sizes of the kept axes are known.
    public var isBuilt: Bool { mean.isBuilt && variance.isBuilt }

    /// Takes the kept axes' sizes from an input.
    public func build(for input: Shape) throws(TensorError) {
        let sizes = Shape(try keptAxes(input).map { input[$0] })
        mean.build(sizes)
        variance.build(sizes, filledWith: 1)
    }

    /// The numbers, normalized or brought back.
    public func forward(_ input: Tensor) -> Tensor {
        let x = input.real
        do throws(TensorError) {
            let kept = try keptAxes(input.shape)
            var sizes = Shape.ones(rank: input.rank)
            for axis in kept { sizes[axis] = input.shape[axis] }
            let mean = try placed(mean, sizes, x.dtype)
            let scale = try placed(variance, sizes, x.dtype).squareRoot().maximum(1e-7)
            return isInverted ? x * scale + mean : (x - mean) / scale
        } catch { return .failed(error, x.spec) }
    }

    /// Begins anew; mean and variance stay until a batch is seen.
    public func forgetData() { found = Moments() }

    /// Takes a batch into account.
    public func observe(_ batch: Tensor) throws {
        let kept = try keptAxes(batch.shape)
        let sizes = Shape(kept.map { batch.shape[$0] })
        let order = kept + (0..<batch.rank).filter { !kept.contains($0) }
        let rows = try withTensorErrors { batch.converted(to: .float64).permuted(order: order) }
        let moments = Moments(try finiteNumbers(rows), rows: sizes.elementCount)
        let before = try found ?? Moments(saved: self)
        let known = mean.isBuilt && before.count > 0 ? mean.shape : sizes
        guard known == sizes else {
            throw TensorError(
                .shapeMismatch, operation: "normalization",
                "a batch with axes of sizes \(sizes) after ones of sizes \(known)",
                remedy: "look at data of one shape, or forget what was seen first")
        }
        let merged = before.merged(with: moments)
        try withTensorErrors {
            let dtype: DType = mean.isBuilt ? mean.dtype : .float32
            mean.value = Tensor(merged.mean, shape: sizes).converted(to: dtype)
            variance.value = Tensor(merged.variance, shape: sizes).converted(to: dtype)
            count.value = .full([], merged.count, dtype: .int64)
        }
        found = merged
    }

    /// Keras saves what was found in data; what was given stands in its configuration.
    public var kerasWeights: [KerasWeight] {
        isGiven ? [] : [mean, variance, count].map { KerasWeight(.buffer($0)) }
    }

    /// The kept axes, counted from the front, in order.
    private func keptAxes(_ shape: Shape) throws(TensorError) -> [Int] {
        var kept: [Int] = []
        for axis in axes {
            guard let resolved = shape.axis(axis), !kept.contains(resolved) else {
                throw TensorError(
                    .invalidAxis, operation: "normalization",
                    "the axes \(axes) are not different axes of an input of shape \(shape)",
                    remedy: "name axes that the inputs have, −1 for the last")
            }
            kept.append(resolved)
        }
        return kept.sorted()
    }

    /// A buffer's numbers along the kept axes.
    private func placed(_ buffer: Buffer, _ sizes: Shape, _ dtype: DType) throws(TensorError) -> Tensor {
        let value = buffer.value
        guard value.elementCount != 1 else {
            return value.reshaped(to: .ones(rank: sizes.rank)).converted(to: dtype)
        }
        guard value.elementCount == sizes.elementCount else {
            throw TensorError(
                .shapeMismatch, operation: "normalization",
                "\(value.elementCount) means and variances for \(sizes.elementCount) features",
                remedy: "give inputs as those that the layer was adapted to")
        }
        return value.reshaped(to: sizes).converted(to: dtype)
    }

    static let component = Component<any Layer>(
        "Normalization", "Brings every feature to mean 0 and variance 1 as found in the training data.",
        Field("axis", default: [-1], "The axes whose indices have means of their own."),
        Field<[Double]?>("mean", default: nil, "The means; null takes them from data."),
        Field<[Double]?>("variance", default: nil, in: .nonNegative, "The variances; null takes them from data."),
        Field("invert", default: false, "Whether normalized numbers are brought back.")
    ) { axis, mean, variance, invert in
        switch (mean, variance) {
        case (nil, nil): return Normalization(axis: axis, invert: invert)
        case (let mean?, let variance?):
            guard mean.count == variance.count else {
                throw LayerError("variance", variance.count, must: "have as many numbers as mean, \(mean.count)")
            }
            return Normalization(axis: axis, mean: mean, variance: variance, invert: invert)
        default: throw LayerError(what: "mean and variance must be given together")
        }
    }
}

/// Mean and sum of squared deviations of some rows of numbers.
private struct Moments {
    var count = 0.0
    var mean: [Double] = []
    private var squares: [Double] = []

    var variance: [Double] { squares.map { $0 / max(1, count) } }

    init() {}

    /// Of numbers row after row.
    init(_ numbers: [Double], rows: Int) {
        let length = numbers.count / max(1, rows)
        count = Double(length)
        for row in 0..<rows {
            let row = numbers[row * length..<(row + 1) * length]
            let mean = row.reduce(0, +) / count
            self.mean.append(mean)
            squares.append(row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) })
        }
    }

    /// What a layer found before it was saved.
    init(saved layer: Normalization) throws {
        count = try layer.count.value.item()
        guard count > 0, layer.isBuilt else {
            count = 0
            return
        }
        let (mean, variance) = (layer.mean.value, layer.variance.value)
        self.mean = try mean.array(of: Double.self)
        squares = try variance.array(of: Double.self).map { $0 * count }
    }

    func merged(with other: Moments) -> Moments {
        guard count > 0 else { return other }
        var result = self
        result.count = count + other.count
        for row in mean.indices {
            let distance = other.mean[row] - mean[row]
            result.mean[row] = mean[row] + distance * other.count / result.count
            result.squares[row] += other.squares[row] + distance * distance * count * other.count / result.count
        }
        return result
    }
}
