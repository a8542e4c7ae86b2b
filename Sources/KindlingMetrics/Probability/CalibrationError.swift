// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
internal import KindlingDeclarations
public import KindlingEngine

/// How far a model's confidence is from how often it is right, in the mean over bins (Naeini and others 2015).
///
/// Σ_b n_b / n · |right_b / n_b − confidence_b / n_b| over bins of equal width, where a row's confidence is its largest
/// probability. Probabilities `[N, C]` or `[N, C, d…]` with class numbers; or probabilities of the shape of targets of 0 and
/// 1, whose own value is the confidence and 1 is right. With `fromLogits` outputs are logits. NaN where one is NaN.
///
///     try CalibrationError(fromLogits: true).figure(logits, classes)
public struct CalibrationError: Metric {
    /// How many bins of equal width there are, at least 1.
    public let bins: Int
    /// Whether outputs are logits.
    public let fromLogits: Bool

    /// A metric with these settings.
    public init(bins: Int = 15, fromLogits: Bool = false) {
        self.bins = bins
        self.fromLogits = fromLogits
    }

    /// `calibration_error`.
    public var name: String { "calibration_error" }
    /// Less is better.
    public var higherIsBetter: Bool { false }

    /// For each bin how many rows there are, how sure and how right they are.
    public func figures(_ outputs: Tensor, _ targets: Tensor) throws(TensorError) -> BatchFigures {
        guard (1...1 << 20).contains(bins) else {
            throw TensorError(.invalidValue, operation: name, "\(bins) bins are not between 1 and \(1 << 20)")
        }
        let confidence: Tensor
        let right: Tensor
        if outputs.shape == targets.shape {
            confidence = (fromLogits ? outputs.sigmoid() : outputs).forSums.flattened()
            right = targets.converted(to: .bool).forSums.flattened()
        } else {
            let (rows, classes) = try ClassReading.rows(outputs, targets, name)
            let probabilities = (fromLogits ? rows.softmax() : rows).forSums
            confidence = probabilities.max(over: 1)
            right = (probabilities.argmax(over: 1) .== classes).forSums
        }
        // Bins are open below and closed above; NaN is in the first, and makes its sum NaN.
        let place = ((confidence * Double(bins)).ceiling() - 1.0).clamped(0...Double(bins - 1))
        let numbers = place.selected(where: .!place.isNaN(), else: place.zerosLike()).converted(to: .int64)
        return BatchFigures(
            samples: targets.elementCount,
            .concatenated([confidence.onesLike(), confidence, right].map { numbers.counted(by: $0, classes: bins) }))
    }

    /// The mean distance, each bin weighted by its rows.
    /// - Throws: also when confidences are no probabilities.
    public func value(of sums: [Double], samples: Double) throws(TensorError) -> Double {
        guard sums.count % 3 == 0, sums.count / 3 == bins else { throw foreign(sums) }
        var error = 0.0
        for bin in 0..<bins where sums[bin] > 0 {
            guard !(sums[bins + bin] > sums[bin] * (1 + 1e-6)), !(sums[bins + bin] < 0) else {
                throw TensorError(
                    .invalidValue, operation: name, "a confidence of \(sums[bins + bin] / sums[bin]) is no probability",
                    remedy: "set fromLogits, or give the softmax of the outputs")
            }
            error += abs(sums[2 * bins + bin] - sums[bins + bin])
        }
        return error / samples
    }

    static let component = Component<any Metric>(
        "CalibrationError", "How far confidence is from how often outputs are right.",
        Field("bins", default: 15, in: .atLeast(1), "How many bins of equal width there are."),
        Field("fromLogits", default: false, "Whether outputs are logits.")
    ) { bins, fromLogits in CalibrationError(bins: bins, fromLogits: fromLogits) }
}
