// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
public import KindlingEngine

/// A figure that says how good outputs are, for people rather than for gradients.
///
/// A metric is settings and three rules: what a batch comes to, how two such sums become one, and which figure a sum
/// makes. What has been seen so far is a ``MetricState``, plain numbers, so that the figure is that of all samples at
/// once, however they were split into batches or over processes.
///
///     struct LargestError: Metric {
///         let name = "largest_error"
///         let higherIsBetter = false
///         func figures(_ outputs: Tensor, _ targets: Tensor) -> BatchFigures {
///             BatchFigures(samples: outputs.shape[0], (outputs - targets).abs().max())
///         }
///         func combine(_ other: [Double], into sums: inout [Double]) { sums[0] = max(sums[0], other[0]) }
///         func value(of sums: [Double], samples: Double) -> Double { sums[0] }
///     }
public protocol Metric: Sendable {
    /// The name in logs: `accuracy`.
    var name: String { get }

    /// Whether more is better: what checkpoints and early stopping go by.
    var higherIsBetter: Bool { get }

    /// Whether the figure is shown after every batch; false where it takes long to compute. True, unless said otherwise.
    var isShownWhileTraining: Bool { get }

    /// What a batch comes to, as few numbers as possible; computed on the batch's device, without gradients.
    /// - Throws: when shapes or types do not fit.
    func figures(_ outputs: Tensor, _ targets: Tensor) throws(TensorError) -> BatchFigures

    /// Puts what another batch or another state came to into the sums. Adds number by number, unless said otherwise.
    /// - Throws: when the two do not belong together; the sums are then as before.
    func combine(_ other: [Double], into sums: inout [Double]) throws(TensorError)

    /// The figure that sums make; NaN where it is not defined for what has been seen.
    /// - Parameters:
    ///   - sums: At least one batch's, perhaps read from a file.
    ///   - samples: How many samples they are of, at least 1.
    /// - Throws: when they are no sums of this metric's.
    func value(of sums: [Double], samples: Double) throws(TensorError) -> Double
}

extension Metric {
    /// True: the figure of a few sums takes no time.
    public var isShownWhileTraining: Bool { true }

    /// Adds number by number.
    public func combine(_ other: [Double], into sums: inout [Double]) throws(TensorError) {
        guard other.count == sums.count else { throw mismatch("sums of \(sums.count) and \(other.count) numbers") }
        for place in sums.indices { sums[place] += other[place] }
    }

    /// A state that has seen nothing.
    public func makeState() -> MetricState { MetricState(of: self) }

    /// The figure of one batch alone.
    public func figure(_ outputs: Tensor, _ targets: Tensor) throws -> Double {
        var state = makeState()
        try state.update(outputs, targets)
        return try state.value()
    }

    /// Two things that do not belong together.
    func mismatch(_ what: String) -> TensorError {
        TensorError(
            .shapeMismatch, operation: name, "\(what) do not belong together",
            remedy: "give every batch the same classes or columns, or reset the state")
    }

    /// Numbers that are no sums of this metric's: read from a wrong place.
    func foreign(_ sums: [Double]) -> TensorError {
        TensorError(.invalidValue, operation: name, "\(sums.count) numbers are no state of this metric")
    }
}

/// What a batch came to: numbers known at once, and numbers on the batch's device.
public struct BatchFigures: Sendable {
    /// How many samples the batch had; a batch of none leaves no trace.
    public let samples: Int
    /// Numbers that come before the computed ones.
    public let known: [Double]
    /// What was computed, of any shape and type; read when the figure is asked for.
    public let computed: Tensor

    /// Figures of a batch of so many samples.
    public init(samples: Int, known: [Double] = [], _ computed: Tensor) {
        self.samples = samples
        self.known = known
        self.computed = computed
    }
}
