// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
public import KindlingEngine

/// What a metric has seen so far: sums that batches go into and that the figure comes out of.
///
///     var state = F1Score().makeState()
///     for batch in batches { try state.update(model(batch.inputs), batch.targets) }
///     print(try state.value())
///
/// Batches of any sizes give the figure of all samples at once, and so do states of several processes that are merged.
/// Numbers on devices other than the processor wait there until somebody asks.
public struct MetricState: Sendable {
    /// Whose state it is.
    public let metric: any Metric
    private var samples = 0.0
    private var sums: [Double] = []
    private var waiting: [BatchFigures] = []

    /// A state that has seen nothing.
    public init(of metric: some Metric) { self.metric = metric }

    /// Whether it has seen nothing; its figure is an error then.
    public var isEmpty: Bool { samples == 0 && waiting.isEmpty }

    /// Takes a batch in.
    /// - Throws: `TensorError` when shapes or types do not fit; the state is then as before.
    public mutating func update(_ outputs: Tensor, _ targets: Tensor) throws {
        let metric = metric
        let figures = try withTensorErrors { try noGrad { try metric.figures(outputs, targets) } }
        guard figures.samples > 0 else { return }  // An empty batch says nothing, not even how many classes there are.
        waiting.append(figures)
        // A device that computes by itself is not waited for.
        if figures.computed.device.backend.sharesHostMemory {
            do { try settle() } catch {
                waiting.removeLast()
                throw error
            }
        }
    }

    /// Takes in what another state of an equal metric has seen.
    /// - Throws: `TensorError` when it is another metric's, or of other classes or columns.
    public mutating func merge(_ other: MetricState) throws {
        var other = other
        guard type(of: metric) == type(of: other.metric), metric.name == other.metric.name else {
            throw TensorError(
                .invalidValue, operation: metric.name, "a state of \(other.metric.name) cannot be merged into it",
                remedy: "merge states of one metric")
        }
        try settle()
        try add(try other.numbers())
    }

    /// The figure of everything seen; NaN where it is not defined for that, such as an AUROC of one class.
    /// - Throws: `TensorError` when nothing has been seen.
    public mutating func value() throws -> Double {
        try settle()
        guard samples > 0 else {
            throw TensorError(
                .invalidValue, operation: metric.name, "there is no figure yet: nothing has been seen",
                remedy: "update it with a batch first")
        }
        return try metric.value(of: sums, samples: samples)
    }

    /// Forgets everything.
    public mutating func reset() {
        samples = 0
        sums = []
        waiting = []
    }

    /// Everything seen as plain numbers, for files and for other processes; empty when nothing has been seen.
    public mutating func numbers() throws -> [Double] {
        try settle()
        return samples > 0 ? [samples] + sums : []
    }

    /// Becomes the state that ``numbers()`` was asked of.
    /// - Throws: `TensorError` when they are no state of this metric's; the state is then as before.
    public mutating func restore(_ numbers: [Double]) throws {
        var restored = self
        restored.reset()
        try restored.add(numbers)
        if restored.samples > 0 { _ = try restored.value() }
        self = restored
    }

    /// Everything seen, as the metric's own rules want it.
    mutating func seen() throws -> (sums: [Double], samples: Double) {
        _ = try value()
        return (sums, samples)
    }

    private mutating func settle() throws {
        while let figures = waiting.first {
            // Not before another device may compute in double precision is it asked to.
            let numbers = try figures.computed.copied(to: .cpu).array(of: Double.self)
            try add([Double(figures.samples)] + figures.known + numbers)
            waiting.removeFirst()
        }
    }

    private mutating func add(_ numbers: [Double]) throws {
        guard let count = numbers.first else { return }  // Of a state that has seen nothing.
        guard count > 0, count.isFinite else {
            throw TensorError(.invalidValue, operation: metric.name, "a state of \(count) samples cannot be")
        }
        if samples == 0 {
            sums = Array(numbers.dropFirst())
        } else {
            // Handed over and back, so that what a metric keeps is not copied for every batch.
            var combined = sums
            sums = []
            defer { sums = combined }
            try metric.combine(Array(numbers.dropFirst()), into: &combined)
        }
        samples += count
    }
}

extension Tensor {
    /// In double precision where sums are as fast in it, so that they are exact; in single precision elsewhere.
    var forSums: Tensor { converted(to: device.backend.sharesHostMemory ? .float64 : .float32) }
}
