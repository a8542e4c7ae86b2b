// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingMetrics
import Testing

/// What single metrics say beyond one figure, and at the edges of what is defined.
@Suite struct MetricDetailTests {
    private func seen(_ metric: some Metric, _ outputs: Tensor, _ targets: Tensor) throws -> MetricState {
        var state = metric.makeState()
        for range in [0..<25, 25..<60] { try state.update(outputs.sliced(range), targets.sliced(range)) }
        return state
    }

    private func expectClose(_ found: [Double], _ name: String) throws {
        let expected = try #require(fixtures[name])
        #expect(found.count == expected.count)
        for (value, wanted) in zip(found, expected) { #expect(abs(value - wanted) < 1e-9, "\(name)") }
    }

    @Test func eachClassHasItsFigure() throws {
        let state = try seen(F1Score(), Inputs.logits, Inputs.classes)
        try expectClose(F1Score().perClass(state), "f1 per class")
        #expect(try F1Score().counts(state).total == 60)
    }

    @Test func theConfusionMatrixIsScikitLearns() throws {
        let state = try seen(ConfusionMatrix(), Inputs.logits, Inputs.classes)
        try expectClose(ConfusionMatrix().matrix(state).joined().map { Double($0) }, "confusion")
    }

    @Test func curvesAreScikitLearns() throws {
        let roc = try AUROC().curve(of: seen(AUROC(), Inputs.tied, Inputs.truths))
        #expect(roc.thresholds[0] == .infinity)
        try expectClose(roc.falsePositiveRates + roc.truePositiveRates + roc.thresholds.dropFirst(), "roc")
        let pr = try AveragePrecision().curve(of: seen(AveragePrecision(), Inputs.tied, Inputs.truths))
        try expectClose(pr.precisions + pr.recalls + pr.thresholds, "pr")
        #expect(
            code { _ = try AUROC().curve(of: seen(AUROC(), Inputs.tied, Inputs.truths), class: 1) } == .indexOutOfRange)
    }

    @Test func pixelsCountAsRows() throws {
        let images = Inputs.logits.reshaped(to: [3, 4, 5, 4]).movingAxis(3, to: 1)
        let masks = Inputs.classes.reshaped(to: [3, 4, 5])
        for metric in [Accuracy(), F1Score(), JaccardScore(), TopKAccuracy(k: 2), LogLoss(fromLogits: true)]
            as [any Metric]
        {
            let (flat, deep) = (
                try metric.figure(Inputs.logits, Inputs.classes), try metric.figure(images, masks)
            )
            #expect(abs(flat - deep) < 1e-12, "\(metric.name)")
        }
        // Sequences have their classes last.
        let sequences = Inputs.logits.reshaped(to: [6, 10, 4])
        let tokens = Inputs.classes.reshaped(to: [6, 10])
        #expect(try Accuracy().figure(sequences, tokens) == Accuracy().figure(Inputs.logits, Inputs.classes))
        let perplexity = try Perplexity().figure(sequences, tokens)
        #expect(abs(perplexity - (try Perplexity().figure(Inputs.logits, Inputs.classes))) < 1e-12)
    }

    @Test func classesLieAlongTheAxisThatIsNamed() throws {
        // As many places as classes: both axes fit, and only a name tells them apart.
        let (rows, classes) = (Inputs.logits.sliced(0..<16, along: 0), Inputs.classes.sliced(0..<16, along: 0))
        let expected = try Perplexity().figure(rows, classes)
        let (placesFirst, tokens) = (rows.reshaped(to: [4, 4, 4]), classes.reshaped(to: [4, 4]))
        let last = try Perplexity(classAxis: -1).figure(placesFirst, tokens)
        let one = try Perplexity(classAxis: 1).figure(placesFirst.movingAxis(2, to: 1), tokens)
        let unnamed = try Perplexity().figure(placesFirst.movingAxis(2, to: 1), tokens)
        #expect(abs(last - expected) < 1e-12 && abs(one - expected) < 1e-12 && abs(unnamed - expected) < 1e-12)
        #expect(abs(try Perplexity(classAxis: 1).figure(placesFirst, tokens) - expected) > 1e-3)
        #expect(
            code {
                _ = try Perplexity(classAxis: 1).figure(rows.reshaped(to: [2, 8, 4]), classes.reshaped(to: [2, 8]))
            }
                == .shapeMismatch)
        #expect(code { _ = try Perplexity(classAxis: 9).figure(rows, classes) } == .shapeMismatch)
    }

    @Test func ignoredRowsDoNotCount() throws {
        let padded = Tensor.concatenated([Inputs.classes, .full([5], -100, dtype: .int64)])
        let more = Tensor.concatenated([Inputs.logits, .ones([5, 4], dtype: .float64)])
        for metric in [
            F1Score(), BalancedAccuracy(), MatthewsCorrelation(), ConfusionMatrix(), CohenKappa(), Perplexity(),
            LogLoss(fromLogits: true), SpecificityScore(average: .micro),
        ] as [any Metric] {
            let (plain, other) = (try metric.figure(Inputs.logits, Inputs.classes), try metric.figure(more, padded))
            #expect(abs(plain - other) < 1e-12, "\(metric.name)")
        }
    }

    @Test func classesThatDoNotExistAreErrors() throws {
        let wrong: [Tensor] = [Tensor([0, 4]), Tensor([0, -1])]
        for metric in [
            TopKAccuracy(), F1Score(), ConfusionMatrix(), CohenKappa(), MatthewsCorrelation(), LogLoss(), Perplexity(),
            AUROC(), AUROC(bins: 4),
        ] as [any Metric] {
            for targets in wrong {
                #expect(code { _ = try metric.figure(.ones([2, 4]) * 0.25, targets) } != nil, "\(metric.name)")
            }
        }
    }

    @Test func oneClassAloneHasNoRanking() throws {
        let ones = Tensor.ones([3], dtype: .int64)
        let scores = Tensor([0.1, 0.5, 0.3])
        for metric in [AUROC(), AUROC(bins: 8)] { #expect(try metric.figure(scores, ones).isNaN) }
        #expect(try AveragePrecision().figure(scores, ones) == 1)
        #expect(try AveragePrecision().figure(scores, ones - 1).isNaN)
        #expect(try CohenKappa().figure(scores * 0.1 + 0.9, ones).isNaN)
        #expect(try MatthewsCorrelation().figure(scores, ones) == 0)
        // Classes that do not occur are left out.
        let rows = Tensor([[0.7, 0.2, 0.1], [0.2, 0.7, 0.1], [0.6, 0.3, 0.1]])
        #expect(try AUROC().figure(rows, Tensor([0, 1, 0])) == 1)
    }

    @Test func allScoresEqualAreAToss() throws {
        let halves = Tensor.ones([4]) * 0.5
        #expect(try AUROC().figure(halves, Tensor([1, 0, 1, 1])) == 0.5)
        #expect(try AveragePrecision().figure(halves, Tensor([1, 0, 1, 1])) == 0.75)
    }

    @Test func notANumberIsNotHidden() throws {
        let scores = Tensor([0.1, Double.nan, 0.3])
        let truths = Tensor([0, 1, 1])
        for metric in [
            AUROC(), AUROC(bins: 4), AveragePrecision(), LogLoss(), CalibrationError(), MSE(), RMSE(), MAE(), MAPE(),
            R2Score(), PearsonCorrelation(), ExplainedVariance(),
        ] as [any Metric] {
            #expect(try metric.figure(scores, truths).isNaN, "\(metric.name)")
        }
        #expect(try BinaryAccuracy().figure(scores, truths) == 1.0 / 3)
        let rows = Tensor([[0.1, Double.nan], [0.3, 0.2]])
        #expect(try TopKAccuracy(k: 1).figure(rows, Tensor([1, 0])) == 0.5)
        #expect(try Perplexity().figure(rows, Tensor([0, 0])).isNaN)
    }

    @Test func logitsTakenForProbabilitiesAreErrors() {
        for metric in [AUROC(), AveragePrecision(), CalibrationError()] as [any Metric] {
            #expect(code { _ = try metric.figure(Inputs.logits * 10.0, Inputs.classes) } == .invalidValue)
        }
    }

    @Test func argumentsOutOfRangeAreErrors() {
        let wrong: [any Metric] = [
            TopKAccuracy(k: 0), CalibrationError(bins: 0), CalibrationError(bins: .max, fromLogits: true),
            AUROC(bins: -1),
            AveragePrecision(bins: .max),
        ]
        for metric in wrong {
            #expect(code { _ = try metric.figure(Inputs.probabilities, Inputs.classes) } == .invalidValue)
        }
        #expect(code { _ = try MatthewsCorrelation().figure(Inputs.labelScores, Inputs.labels) } == .shapeMismatch)
        #expect(code { _ = try Mean("x") { outputs, _ in outputs }.figure(Inputs.x, Inputs.y) } == .shapeMismatch)
    }

    @Test func constantTargetsFollowScikitLearn() throws {
        let ones = Tensor.ones([4], dtype: .float64)
        let ramp = Tensor([1, 2, 3, 4] as [Double], shape: [4])
        #expect(try R2Score().figure(ones, ones) == 1)
        #expect(try R2Score().figure(ramp, ones) == 0)
        #expect(try ExplainedVariance().figure(ones * 3.0, ones) == 1)
        #expect(try PearsonCorrelation().figure(ramp, ones).isNaN)
        #expect(try R2Score().figure(ones.sliced(0..<1), ones.sliced(0..<1)).isNaN)
    }

    @Test func namesSayWhichAverage() {
        #expect(F1Score().name == "f1")
        #expect(PrecisionScore(average: .micro).name == "precision_micro")
        #expect(AUROC(average: .weighted).name == "auroc_weighted")
        #expect(TopKAccuracy(k: 3).name == "top3_accuracy")
    }

    @Test func statesOnMetaWaitForever() throws {
        var state = F1Score().makeState()
        try withDevice(.meta) { try state.update(.zeros([4, 3], on: .meta), .zeros([4], dtype: .int64, on: .meta)) }
        #expect(code { _ = try state.value() } != nil)
    }
}
