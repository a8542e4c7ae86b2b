// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// An average of a model's weights while it is trained, which often predicts better than the last weights.
///
///     let average = try WeightAverage(of: model.namedParameters, .exponential(decay: 0.999))
///     …                                       // after every optimizer step:
///     try average.update()
///     …                                       // to validate, or to save the model:
///     try average.swapIn()
///     defer { … try average.swapOut() … }
///
/// One pass over all tensors for each update. Weights are averaged as they are; running statistics of norms are not.
public final class WeightAverage {
    /// How weights are averaged.
    public enum Rule: Sendable, Hashable {
        /// average ← average + (1 − d) · (weight − average) (Polyak and Juditsky 1992).
        ///
        /// d is `decay`, or with `warmUp` the smaller of it and (1 + n) / (10 + n) after n updates.
        case exponential(decay: Double, warmUp: Bool = false)
        /// The mean of all weights that were seen: stochastic weight averaging (Izmailov and others 2018).
        case mean
    }

    /// How weights are averaged.
    public let rule: Rule
    /// How many updates there were.
    public private(set) var count = 0
    /// Whether the model has the averages now, and this object the weights.
    public private(set) var isSwappedIn = false
    private let parameters: [(name: String, parameter: Parameter)]
    private let averages: [Parameter]
    private var pass: OptimizerUpdate

    /// An average that begins with the weights as they are at the first update.
    /// - Throws: `TensorError` for a decay outside 0 ... 1, and for parameters without a shape yet.
    public init(of parameters: [(name: String, parameter: Parameter)], _ rule: Rule) throws(TensorError) {
        if case .exponential(let decay, _) = rule { try check("WeightAverage", ("decay", decay, .fraction)) }
        self.rule = rule
        self.parameters = parameters
        averages = try throwingTensorErrors { parameters.map { Parameter($0.parameter.value.detached()) } }
        pass = try OptimizerUpdate(parameters: averages, state: averages.map { _ in [] })
    }

    /// Takes note of the weights after a step.
    /// - Throws: `TensorError` when the device fails, or while averages are swapped in.
    public func update() throws(TensorError) {
        try require(swappedIn: false, to: "update")
        defer { for average in averages { average.gradient = nil } }
        for (average, entry) in zip(averages, parameters) {
            let weight = entry.parameter.value.detached()
            if count == 0 { average.value = weight } else { average.gradient = weight }
        }
        if count > 0 {
            try pass.apply(
                .program(approach(by: share)), to: Array(averages.indices), slots: 0..<0, gradientScale: 1)
        }
        count += 1
    }

    /// The share of the way that the average goes.
    private var share: Double {
        switch rule {
        case .mean: 1 / (Double(count) + 1)
        case .exponential(let decay, let warmUp):
            1 - (warmUp ? min(decay, (1 + Double(count)) / (10 + Double(count))) : decay)
        }
    }

    /// average + share · (weight − average), over the average and, as its gradient, the weight.
    private func approach(by share: Double) -> ScalarProgram {
        var program = ScalarProgram(inputs: 2, constants: [share])
        let way = program.append(.subtract, 1, 0)
        program.outputs = [program.append(.multiplyAdd, program.constant(0), way, 0)]
        return program
    }

    /// Gives the model the averages, and keeps its weights.
    ///
    /// Nothing is copied.
    /// - Throws: `TensorError` when that is so already.
    public func swapIn() throws(TensorError) {
        try require(swappedIn: false, to: "swapIn")
        swap()
    }

    /// Gives the model its weights back.
    /// - Throws: `TensorError` when it has them.
    public func swapOut() throws(TensorError) {
        try require(swappedIn: true, to: "swapOut")
        swap()
    }

    /// Runs `body` while the model has the averages.
    public func withAverages<Result>(_ body: () throws -> Result) throws -> Result {
        try swapIn()
        defer { swap() }
        return try body()
    }

    private func swap() {
        for (average, entry) in zip(averages, parameters) {
            (average.value, entry.parameter.value) = (entry.parameter.value.detached(), average.value.detached())
        }
        isSwappedIn.toggle()
    }

    private func require(swappedIn: Bool, to operation: String) throws(TensorError) {
        guard isSwappedIn == swappedIn else {
            throw TensorError(
                .invalidValue, operation: "WeightAverage.\(operation)",
                swappedIn ? "the model has its own weights" : "the model has the averages",
                remedy: swappedIn ? "call swapIn() before" : "call swapOut() before")
        }
    }

    /// The averages by name, `0.weight/average`, for checkpoints; with ``count``.
    public var state: [(name: String, value: Tensor)] {
        zip(parameters, averages).map { entry, average in
            ("\(entry.name)/average", (isSwappedIn ? entry.parameter : average).value.detached())
        }
    }

    /// Takes up where another average stopped.
    /// - Throws: `TensorError` naming the first tensor that is missing or has another shape, and while averages are
    ///   swapped in.
    public func restore(count: Int, state: (String) throws -> Tensor?) throws {
        try require(swappedIn: false, to: "restore")
        var values: [Tensor] = []
        for entry in parameters {
            let name = "\(entry.name)/average"
            guard let value = try state(name), value.shape == entry.parameter.shape else {
                throw TensorError(
                    .shapeMismatch, operation: "WeightAverage",
                    "the state '\(name)' is missing or does not have the shape \(entry.parameter.shape)",
                    remedy: "resume with the model that the checkpoint was written with")
            }
            let weight = entry.parameter.value
            values.append(
                try withTensorErrors { try value.detached().copied(to: weight.device).converted(to: weight.dtype) })
        }
        for (average, value) in zip(averages, values) { average.value = value }
        self.count = max(0, count)
    }
}
