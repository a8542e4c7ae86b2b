// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// Replaces each number by the number of the bin that it lies in: Keras' `Discretization`.
///
/// Boundaries b₁ < b₂ < … part the line into (−∞, b₁), [b₁, b₂), …, [bₙ, ∞). They are given, or found by
/// ``FittedLayer/adapt(_:)-(Tensor)`` so that every bin gets about as many of the training data: quantiles, by Keras'
/// summary of samples, good to `epsilon` of the data.
///
/// Output: int64 of the input's shape, or the numbers of bins encoded as ``CategoryEncoding`` does. Buffer `boundaries`,
/// one fewer than there are bins. No gradient flows.
///
///     Discretization(boundaries: [0, 1, 2])(Tensor([-1.5, 1.0, 3.4]))      // [0, 2, 3]
public final class Discretization: FittedLayer {
    /// The boundaries, in rising order; NaN until they are found.
    public let boundaries: Buffer
    private let bins: Int
    private let epsilon: Double
    private let mode: CategoryMode?
    private let mistake: LayerError?
    private var summary = QuantileSummary()
    /// Whether the boundaries have been seen to be numbers: looked up once, since it waits for the device.
    private var isReady = false

    /// A layer of known boundaries.
    /// - Parameters:
    ///   - boundaries: In rising order.
    ///   - mode: How numbers of bins are encoded; nil for the numbers themselves.
    public init(boundaries: [Double], mode: CategoryMode? = nil) {
        self.boundaries = Buffer(Tensor(boundaries))
        bins = boundaries.count + 1
        epsilon = 0.01
        self.mode = mode
        mistake = .found { () throws(LayerError) in try Discretization.check(boundaries) }
    }

    /// A layer that finds boundaries in data.
    /// - Parameters:
    ///   - bins: How many bins there will be, at least 2.
    ///   - epsilon: Which share of the data a boundary may be wrong by; smaller takes longer.
    ///   - mode: How numbers of bins are encoded; nil for the numbers themselves.
    public init(bins: Int, epsilon: Double = 0.01, mode: CategoryMode? = nil) {
        self.bins = bins
        self.epsilon = epsilon
        self.mode = mode
        mistake = .found { () throws(LayerError) in try Discretization.check(bins, epsilon) }
        boundaries = Buffer()
        boundaries.build([mistake == nil ? bins - 1 : 0], filledWith: .nan)
    }

    /// The numbers of bins, or their encoding.
    public func forward(_ input: Tensor) -> Tensor {
        if let mistake { return input.refused(mistake, by: "discretization") }
        let found = boundaries.value
        if !isReady, found.device != .meta, input.device != .meta {
            do throws(TensorError) { try requireNumbers(found) } catch { return .failed(error, input.spec) }
            isReady = true
        }
        let x = input.real
        let passed = x.insertingAxis(at: -1) .>= found.converted(to: x.dtype)
        let places = passed.converted(to: .int64).sum(over: -1)
        return mode.map { places.encoded($0, classes: bins) } ?? places
    }

    /// Begins anew; boundaries stay until a batch is seen.
    public func forgetData() { summary = QuantileSummary() }

    /// Takes all numbers of a batch into account.
    ///
    /// Boundaries are there as soon as as many numbers were seen as there are bins.
    public func observe(_ batch: Tensor) throws {
        if let mistake { throw mistake }
        summary.add(try finiteNumbers(batch), epsilon: epsilon)
        let quantiles = summary.compressed(to: bins).dropLast()
        guard quantiles.count == bins - 1 else {
            throw TensorError(
                .invalidValue, operation: "discretization", "too few numbers were seen for \(bins) bins",
                remedy: "begin with a batch of at least \(bins) numbers, or ask for fewer bins")
        }
        try withTensorErrors {
            boundaries.value = Tensor(quantiles.map(\.value), dtype: boundaries.dtype)
        }
    }

    private func requireNumbers(_ found: Tensor) throws(TensorError) {
        guard try found.array(of: Double.self).contains(where: \.isNaN) else { return }
        throw TensorError(
            .notBuilt, operation: "discretization", "the boundaries of its \(bins) bins have not been found",
            remedy: "call adapt(_:) with training data, load saved ones, or give boundaries")
    }

    private static func check(_ boundaries: [Double]) throws(LayerError) {
        guard boundaries.allSatisfy(\.isFinite), zip(boundaries, boundaries.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw LayerError("boundaries", "\(boundaries)", must: "be finite and rise")
        }
    }

    private static func check(_ bins: Int, _ epsilon: Double) throws(LayerError) {
        guard bins >= 2 else { throw LayerError("bins", bins, must: "be 2 or more") }
        try checkSize("bins", bins)
        guard epsilon >= 1e-6, epsilon < 1 else { throw LayerError("epsilon", epsilon, must: "be in 0.000001 ..< 1") }
    }

    static let component = Component<any Layer>(
        "Discretization", "Replaces each number by the number of the bin that it lies in.",
        Field<[Double]?>("boundaries", default: nil, "Between the bins, rising; null finds them in data."),
        Field<Int?>("bins", default: nil, in: .atLeast(2), "How many bins are found in data."),
        Field("epsilon", default: 0.01, in: .positive, "Which share of the data a boundary may be wrong by."),
        Field<CategoryMode?>("mode", default: nil, "How numbers of bins are encoded; null leaves them.")
    ) { boundaries, bins, epsilon, mode in
        switch (boundaries, bins) {
        case (let boundaries?, nil):
            try check(boundaries)
            return Discretization(boundaries: boundaries, mode: mode)
        case (nil, let bins?):
            try check(bins, epsilon)
            return Discretization(bins: bins, epsilon: epsilon, mode: mode)
        default: throw LayerError(what: "either boundaries or bins must be given")
        }
    }
}
