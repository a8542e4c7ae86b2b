// SPDX-License-Identifier: Apache-2.0
import Glibc
import KindlingBackend
import KindlingDeclarations
import KindlingEngine
import KindlingMetrics
import Testing

/// A metric with inputs for which scikit-learn has the figure.
struct MetricCase: Sendable, CustomStringConvertible {
    let name: String
    let metric: any Metric
    let outputs: Tensor
    let targets: Tensor
    var description: String { name }

    init(_ name: String, _ metric: any Metric, _ outputs: Tensor, _ targets: Tensor) {
        self.name = name
        self.metric = metric
        self.outputs = outputs
        self.targets = targets
    }
}

private let cases: [MetricCase] = {
    let (logits, probabilities, classes) = (Inputs.logits, Inputs.probabilities, Inputs.classes)
    let (scores, truths, tied) = (Inputs.scores, Inputs.truths, Inputs.tied)
    let (labels, labelScores) = (Inputs.labels, Inputs.labelScores)
    var cases = [
        MetricCase("accuracy", Accuracy(), logits, classes),
        MetricCase("accuracy", ConfusionMatrix(), logits, classes),
        MetricCase("accuracy", PrecisionScore(average: .micro), logits, classes),
        MetricCase("accuracy", TopKAccuracy(k: 1), logits, classes),
        MetricCase("top 2", TopKAccuracy(k: 2), logits, classes),
        MetricCase("binary accuracy", BinaryAccuracy(), scores, truths),
        MetricCase("binary accuracy", BinaryAccuracy(threshold: 0), scores - 0.5, truths),
        MetricCase("label accuracy", BinaryAccuracy(), labelScores, labels),
        MetricCase("subset accuracy", SubsetAccuracy(), labelScores, labels),
        MetricCase("balanced accuracy", BalancedAccuracy(), logits, classes),
        MetricCase("balanced accuracy binary", BalancedAccuracy(), scores, truths),
        MetricCase("precision binary", PrecisionScore(), scores, truths),
        MetricCase("recall binary", RecallScore(average: .weighted), scores, truths),
        MetricCase("f1 binary", F1Score(average: .micro), scores, truths),
        MetricCase("specificity binary", SpecificityScore(), scores, truths),
        MetricCase("specificity macro", SpecificityScore(), logits, classes),
        MetricCase("kappa", CohenKappa(), logits, classes),
        MetricCase("kappa linear", CohenKappa(weighting: .linear), logits, classes),
        MetricCase("kappa quadratic", CohenKappa(weighting: .quadratic), logits, classes),
        MetricCase("kappa binary", CohenKappa(), scores, truths),
        MetricCase("matthews", MatthewsCorrelation(), logits, classes),
        MetricCase("matthews binary", MatthewsCorrelation(), scores, truths),
        MetricCase("auroc", AUROC(), scores, truths),
        MetricCase("auroc", AUROC(), scores.insertingAxis(at: 1), truths.insertingAxis(at: 1)),
        MetricCase("auroc tied", AUROC(), tied, truths),
        MetricCase("auroc macro", AUROC(), probabilities, classes),
        MetricCase("auroc macro", AUROC(fromLogits: true), logits, classes),
        MetricCase("auroc weighted", AUROC(average: .weighted), probabilities, classes),
        MetricCase("auroc labels", AUROC(), labelScores, labels),
        MetricCase("auroc binned", AUROC(bins: 16), scores, truths),
        MetricCase("auroc binned macro", AUROC(bins: 16), probabilities, classes),
        MetricCase("ap", AveragePrecision(), scores, truths),
        MetricCase("ap tied", AveragePrecision(), tied, truths),
        MetricCase("ap macro", AveragePrecision(), probabilities, classes),
        MetricCase("ap weighted", AveragePrecision(average: .weighted), probabilities, classes),
        MetricCase("ap labels", AveragePrecision(), labelScores, labels),
        MetricCase("ap binned", AveragePrecision(bins: 16), scores, truths),
        MetricCase("log loss", LogLoss(), probabilities, classes),
        MetricCase("log loss", LogLoss(fromLogits: true), logits, classes),
        MetricCase("log loss binary", LogLoss(), scores, truths),
        MetricCase("log loss binary", LogLoss(fromLogits: true), scores.logit(), truths),
        MetricCase("perplexity", Perplexity(), logits, classes),
        MetricCase("perplexity ignoring", Perplexity(ignoredClass: 0), logits, classes),
        MetricCase("calibration", CalibrationError(), probabilities, classes),
        MetricCase("calibration", CalibrationError(fromLogits: true), logits, classes),
        MetricCase("calibration binary", CalibrationError(bins: 10), scores, truths),
        MetricCase("mse", MSE(), Inputs.x, Inputs.y), MetricCase("rmse", RMSE(), Inputs.x, Inputs.y),
        MetricCase("mae", MAE(), Inputs.x, Inputs.y), MetricCase("mape", MAPE(), Inputs.x, Inputs.y),
        MetricCase("r2", R2Score(), Inputs.x, Inputs.y),
        MetricCase("explained variance", ExplainedVariance(), Inputs.x, Inputs.y),
        MetricCase("pearson", PearsonCorrelation(), Inputs.x, Inputs.y),
        MetricCase("r2 columns", R2Score(), Inputs.columnsX, Inputs.columnsY),
        MetricCase("explained variance columns", ExplainedVariance(), Inputs.columnsX, Inputs.columnsY),
        MetricCase("pearson columns", PearsonCorrelation(), Inputs.columnsX, Inputs.columnsY),
        MetricCase("bleu of tokens", BLEUScore(order: 2, end: 5), Inputs.tokenScores, Inputs.tokens),
        MetricCase("bleu of tokens smoothed", BLEUScore(smoothing: .addOne), Inputs.tokenScores, Inputs.tokens),
        MetricCase("token errors", TokenErrorRate(end: 5), Inputs.tokenScores, Inputs.tokens),
        MetricCase("token errors of paths", TokenErrorRate(blank: 0), Inputs.tokenScores, Inputs.tokens),
        MetricCase("mse", Mean("mean") { ($0 - $1).squared().mean() }, Inputs.x, Inputs.y),
    ]
    for average in ClassAverage.allCases {
        let word = average.rawValue
        cases += [
            MetricCase("precision \(word)", PrecisionScore(average: average), logits, classes),
            MetricCase("recall \(word)", RecallScore(average: average), logits, classes),
            MetricCase("f1 \(word)", F1Score(average: average), logits, classes),
            MetricCase("f1 \(word)", DiceScore(average: average), logits, classes),
            MetricCase("fbeta \(word)", FBetaScore(beta: 2, average: average), logits, classes),
            MetricCase("iou \(word)", JaccardScore(average: average), logits, classes),
            MetricCase("label precision \(word)", PrecisionScore(average: average), labelScores, labels),
            MetricCase("label f1 \(word)", F1Score(average: average), labelScores, labels),
            MetricCase("label iou \(word)", JaccardScore(average: average), labelScores, labels),
        ]
    }
    for rule in ZeroDivision.allCases {
        cases += [
            MetricCase("recall \(rule.rawValue)", RecallScore(zeroDivision: rule), Inputs.fewLogits, Inputs.few),
            MetricCase("f1 \(rule.rawValue)", F1Score(zeroDivision: rule), Inputs.fewLogits, Inputs.few),
        ]
    }
    return cases
}()

/// What every metric must do, with scikit-learn's figures.
@Suite struct MetricTests {
    private func expect(_ found: Double, _ metricCase: MetricCase, _ how: String, _ tolerance: Double = 1e-9) throws {
        let expected = try #require(fixtures[metricCase.name])[0]
        #expect(
            abs(found - expected) <= tolerance * max(1, abs(expected)), "\(metricCase) \(how): \(found), \(expected)")
    }

    private func update(_ state: inout MetricState, _ metricCase: MetricCase, _ range: Range<Int>) throws {
        try state.update(metricCase.outputs.sliced(range), metricCase.targets.sliced(range))
    }

    @Test(arguments: cases) func figuresAreThoseOfScikitLearn(_ metricCase: MetricCase) throws {
        try expect(metricCase.metric.figure(metricCase.outputs, metricCase.targets), metricCase, "whole")
    }

    @Test(arguments: cases) func float32IsNear(_ metricCase: MetricCase) throws {
        let outputs = metricCase.outputs.converted(to: .float32)
        // 1000 in single precision has steps of 6e-5.
        let coarse = ["r2", "explained variance", "pearson", "mse", "rmse", "mae", "mape"].contains(metricCase.name)
        try expect(metricCase.metric.figure(outputs, metricCase.targets), metricCase, "float32", coarse ? 1e-3 : 1e-6)
    }

    @Test(arguments: cases) func batchesOfAnySizesGiveTheFigureOfTheWhole(_ metricCase: MetricCase) throws {
        for sizes in [[60], [1, 7, 0, 20, 32], [59, 1], Array(repeating: 4, count: 15)] {
            var state = metricCase.metric.makeState()
            var start = 0
            for size in sizes {
                try update(&state, metricCase, start..<start + size)
                start += size
            }
            try expect(state.value(), metricCase, "in batches of \(sizes)")
        }
    }

    @Test(arguments: cases) func mergedRestoredAndResetStatesGiveTheSame(_ metricCase: MetricCase) throws {
        var states = [0..<13, 13..<14, 14..<60].map { _ in metricCase.metric.makeState() }
        for (place, range) in [0..<13, 13..<14, 14..<60].enumerated() { try update(&states[place], metricCase, range) }
        var merged = metricCase.metric.makeState()
        for state in states.reversed() { try merged.merge(state) }
        try merged.merge(metricCase.metric.makeState())
        try expect(merged.value(), metricCase, "merged")
        var restored = metricCase.metric.makeState()
        try restored.restore(states[0].numbers())
        try update(&restored, metricCase, 13..<60)
        try expect(restored.value(), metricCase, "restored")
        restored.reset()
        #expect(try restored.numbers() == [])
        try update(&restored, metricCase, 0..<60)
        try expect(restored.value(), metricCase, "after reset")
    }

    @Test(arguments: cases) func nothingSeenIsAnErrorAndEmptyBatchesAreNothing(_ metricCase: MetricCase) throws {
        var state = metricCase.metric.makeState()
        try update(&state, metricCase, 0..<0)
        #expect(code { _ = try state.value() } == .invalidValue)
        #expect(try state.numbers() == [])
    }

    @Test(arguments: cases) func wrongShapesAreErrorsAndLeaveNoTrace(_ metricCase: MetricCase) throws {
        guard !(metricCase.metric is Mean) else { return }  // What it takes is its closure's affair.
        var state = metricCase.metric.makeState()
        try update(&state, metricCase, 0..<60)
        #expect(code { try state.update(metricCase.outputs, .zeros([7], dtype: .int64)) } == .shapeMismatch)
        // Sequences may be longer than what they should be.
        let isOfSequences = metricCase.metric is BLEUScore || metricCase.metric is TokenErrorRate
        let misfits: Shape = isOfSequences ? [4, 2, 2] : [3, 2, 2]
        #expect(code { try state.update(.zeros(misfits), .zeros([3, 5], dtype: .int64)) } == .shapeMismatch)
        try expect(state.value(), metricCase, "after refusals")
    }

    @Test(arguments: cases) func numbersOfAnotherStateAreRefused(_ metricCase: MetricCase) throws {
        for numbers in [[5], [-1, 2, 3], [.nan, 1], [2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 0.5, 0.5]] {
            var state = metricCase.metric.makeState()
            // Some are states of some metrics: nothing may trap.
            let found = code { try state.restore(numbers) }
            if numbers == [5] || numbers[0] < 0 || numbers[0].isNaN { #expect(found != nil, "\(numbers)") }
        }
    }

    /// A model is looked over without elements before it is trained.
    @Test(arguments: cases) func batchesOnMetaAreTakenIn(_ metricCase: MetricCase) throws {
        var state = metricCase.metric.makeState()
        try withDevice(.meta) {
            try state.update(
                .zeros(metricCase.outputs.shape, on: .meta),
                .zeros(metricCase.targets.shape, dtype: metricCase.targets.dtype, on: .meta))
        }
        #expect(!state.isEmpty)
    }

    @Test(arguments: cases) func halfPrecisionHasAFigure(_ metricCase: MetricCase) throws {
        for dtype in [DType.bfloat16, .float16] {
            let found = try metricCase.metric.figure(metricCase.outputs.converted(to: dtype), metricCase.targets)
            #expect(found.isFinite, "\(dtype)")
        }
    }

    @Test func everyFixtureHasACase() {
        let others = ["f1 per class", "confusion", "roc", "pr", "wer", "cer"]
        let known = Set(cases.map(\.name) + others + fixtures.keys.filter { $0.hasPrefix("bleu") })
        #expect(Set(fixtures.keys) == known)
    }

    @Test func everyMetricOfTheCatalogHasACaseAndIsMadeFromARecipe() throws {
        let tested = Set(cases.map { "\(type(of: $0.metric))" })
        for component in Metrics.all {
            #expect(tested.contains(component.type))
            let reader = RecipeReader()
            let value = DeclaredValue(.scalar(component.type, quoted: false), at: .builtIn)
            let metric = Metrics.kind.make(from: value, reader)
            #expect(reader.problems == [])
            #expect("\(type(of: try #require(metric)))" == component.type)
        }
        #expect(Set(Metrics.all.map(\.type)).count == Metrics.all.count)
    }

    @Test func statesOfOtherMetricsOrClassesAreNotMerged() throws {
        var state = F1Score().makeState()
        try state.update(Inputs.logits, Inputs.classes)
        #expect(code { try state.merge(RecallScore().makeState()) } == .invalidValue)
        var other = F1Score().makeState()
        try other.update(Inputs.logits.sliced(0..<2, along: 1), Inputs.few)
        #expect(code { try state.merge(other) } == .shapeMismatch)
        #expect(code { try state.update(Inputs.scores, Inputs.truths) } == .shapeMismatch)
        #expect(try state.value() == F1Score().figure(Inputs.logits, Inputs.classes))
    }
}

/// The kind of mistake that a body meets.
func code(_ body: () throws -> Void) -> TensorError.Code? {
    do {
        try body()
        return nil
    } catch let error as TensorError { return error.code } catch { return nil }
}
