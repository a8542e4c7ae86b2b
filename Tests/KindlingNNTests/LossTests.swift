// SPDX-License-Identifier: Apache-2.0
import Glibc
import KindlingBackend
import KindlingDeclarations
import KindlingEngine
import KindlingNN
import Testing

/// What PyTorch or Keras gives for a case.
private struct Expected: Decodable {
    let mean: Double
    let sum: Double
    let none: [Double]
    let gradient: [Double]
}

private let expectations = fixtures("losses", of: Expected.self)

private func ramp(_ shape: Shape, offset: Double = 0) -> Tensor {
    Tensor((0..<shape.elementCount).map { sin(1.3 * Double($0) + offset) }, shape: shape)
}

private func positive(_ shape: Shape, offset: Double = 0) -> Tensor { ramp(shape, offset: offset) * 0.4 + 0.5 }

private let x = ramp([4, 3])
private let y = ramp([4, 3], offset: 0.7)
private let classes = Tensor([2, 0, 1, 2])
private let images = ramp([2, 3, 2, 2])
private let pixels = Tensor([0, 1, 2, 2, 1, 0, 0, 2], shape: [2, 2, 2])
private let zeroOne = Tensor([1.0, 0, 1, 0, 0, 1, 1, 0, 1, 1, 0, 0] as [Double], shape: [4, 3])
private let signs = zeroOne * 2.0 - 1.0
private let weights: [Double] = [0.5, 1, 2]
private let pairSigns = Tensor([1.0, -1, 1, -1] as [Double], shape: [4])
private let alike = Tensor([0, 1, 0, 1, 0, 2])

/// A loss, how it is called, and inputs.
struct LossCase: Sendable, CustomStringConvertible {
    let name: String
    let outputs: Tensor
    let loss: @Sendable (Tensor, LossReduction) -> Tensor
    var description: String { name }

    init(_ name: String, _ outputs: Tensor, _ loss: @escaping @Sendable (Tensor, LossReduction) -> Tensor) {
        self.name = name
        self.outputs = outputs
        self.loss = loss
    }
}

private let cases: [LossCase] = [
    LossCase("cross entropy", x) { CrossEntropy(reduction: $1)($0, classes) },
    LossCase("cross entropy weighted", x) {
        CrossEntropy(smoothing: 0.2, ignoredClass: 0, classWeights: weights, reduction: $1)($0, classes)
    },
    LossCase("cross entropy of images", images) { CrossEntropy(classWeights: weights, reduction: $1)($0, pixels) },
    LossCase("cross entropy of probabilities", x) {
        CrossEntropy(smoothing: 0.1, classWeights: weights, reduction: $1)($0, y.softmax(over: 1))
    },
    LossCase("cross entropy padded", x) { CrossEntropy(reduction: $1)($0, Tensor([2, -100, 1, -100])) },
    LossCase("nll", x) {
        NegativeLogLikelihood(classWeights: weights, ignoredClass: 1, reduction: $1)($0.logSoftmax(over: 1), classes)
    },
    LossCase("nll of images", images) { NegativeLogLikelihood(reduction: $1)($0.logSoftmax(over: 1), pixels) },
    LossCase("bce", positive([4, 3])) { BinaryCrossEntropy(reduction: $1)($0, zeroOne) },
    LossCase("bce with logits", x) {
        BinaryCrossEntropyWithLogits(positiveWeight: weights, reduction: $1)($0, zeroOne)
    },
    LossCase("mse", x) { MeanSquaredError(reduction: $1)($0, y) },
    LossCase("l1", x) { MeanAbsoluteError(reduction: $1)($0, y) },
    LossCase("smooth l1", x) { SmoothL1(beta: 0.5, reduction: $1)($0, y) },
    LossCase("huber", x) { Huber(delta: 0.5, reduction: $1)($0, y) },
    LossCase("kl", x) { divergence($1)($0.logSoftmax(over: 1), y.softmax(over: 1)) },
    LossCase("kl of logarithms", x) {
        divergence($1, logTarget: true)($0.logSoftmax(over: 1), y.logSoftmax(over: 1))
    },
    LossCase("kl batch mean", x) {
        ($1 == .mean ? KLDivergence() : divergence($1))($0.logSoftmax(over: 1), y.softmax(over: 1))
    },
    LossCase("soft margin", x) { SoftMargin(reduction: $1)($0, signs) },
    LossCase("multi margin", x) {
        MultiMargin(exponent: 2, margin: 0.8, classWeights: weights, reduction: $1)($0, classes)
    },
    LossCase("multi margin plain", x) { MultiMargin(reduction: $1)($0, classes) },
    LossCase("poisson", x) { PoissonNegativeLogLikelihood(full: true, reduction: $1)($0, y * 2.0 + 2.5) },
    LossCase("poisson rates", positive([4, 3])) {
        PoissonNegativeLogLikelihood(logInput: false, reduction: $1)($0, y + 1.5)
    },
    LossCase("gaussian", x) {
        GaussianNegativeLogLikelihood(full: true, reduction: $1)($0, y, variances: positive([4, 1]))
    },
    LossCase("triplet", x) {
        TripletMargin(margin: 0.4, swapping: true, reduction: $1)(
            $0, positives: y, negatives: ramp([4, 3], offset: 2))
    },
    LossCase("triplet p1", x) {
        TripletMargin(exponent: 1, reduction: $1)($0, positives: y, negatives: ramp([4, 3], offset: 2))
    },
    LossCase("ranking", x) { MarginRanking(margin: 0.3, reduction: $1)($0, y, signs) },
    LossCase("cosine embedding", x) {
        CosineEmbedding(margin: 0.1, reduction: $1)($0, y, Tensor([1.0, -1, 1, -1] as [Double], shape: [4]))
    },
    LossCase("ctc", ramp([6, 2, 4])) {
        CTC(reduction: $1)(
            $0.logSoftmax(over: 2), Tensor([1, 2, 2, 2, 1, 0], shape: [2, 3]), inputLengths: [6, 5],
            targetLengths: [3, 2])
    },
    LossCase("ctc of a batch", ramp([2, 6, 4])) {
        CTC(reduction: $1)($0, Tensor([1, 2, 2, 2, 1, -1], shape: [2, 3]))
    },
    LossCase("ranking of pairs", ramp([4, 2])) { MarginRanking(margin: 0.3, reduction: $1)($0, pairSigns) },
    LossCase("cosine embedding of pairs", ramp([4, 2, 3])) {
        CosineEmbedding(margin: 0.1, reduction: $1)($0, pairSigns)
    },
    LossCase("gaussian of halves", ramp([4, 6])) { GaussianNegativeLogLikelihood(reduction: $1)($0, y) },
    LossCase("triplet of classes", ramp([6, 3])) { TripletMargin(margin: 0.4, reduction: $1)($0, alike) },
    LossCase("triplet of classes swapping", ramp([6, 3])) {
        TripletMargin(margin: 0.4, exponent: 3, swapping: true, reduction: $1)($0, alike)
    },
    LossCase("focal", x) { Focal(alpha: 0.3, gamma: 1.5, reduction: $1)($0, zeroOne) },
    LossCase("categorical focal", x) { CategoricalFocal(reduction: $1)($0, classes) },
    LossCase("categorical focal of images", images) {
        CategoricalFocal(alpha: 1, gamma: 1.5, reduction: $1)($0, pixels)
    },
    LossCase("dice", positive([4, 3])) { Dice(reduction: $1)($0, zeroOne) },
    LossCase("tversky", x) {
        Tversky(alpha: 0.3, beta: 0.7, smoothing: 0.5, fromLogits: true, reduction: $1)($0, zeroOne)
    },
    LossCase("hinge", x) { Hinge(margin: 0.5, reduction: $1)($0, signs) },
    LossCase("squared hinge", x) { SquaredHinge(reduction: $1)($0, signs) },
    LossCase("categorical hinge", x) { CategoricalHinge(reduction: $1)($0, classes) },
    LossCase("log cosh", x) { LogCosh(reduction: $1)($0, y) },
    LossCase("mape", x) { MeanAbsolutePercentageError(reduction: $1)($0, y) },
    LossCase("msle", positive([4, 3])) { MeanSquaredLogarithmicError(reduction: $1)($0, positive([4, 3], offset: 1)) },
    LossCase("categorical focal of keras", x) { CategoricalFocal(alpha: 0.3, gamma: 1.5, reduction: $1)($0, classes) },
    LossCase("dice of keras", positive([4, 3])) { Dice(smoothing: 0, reduction: $1)($0, zeroOne) },
    LossCase("cosine similarity", x) { CosineSimilarity(reduction: $1)($0, y) },
]

/// The losses whose targets are class numbers.
private let classed = [
    "CrossEntropy", "NegativeLogLikelihood", "MultiMargin", "CategoricalHinge", "CategoricalFocal", "TripletMargin",
]

/// Outputs and targets of so many samples that a loss of the catalog takes.
private func fitting(_ type: String, _ count: Int, on device: Device = .cpu) -> (outputs: Tensor, targets: Tensor) {
    var (outputs, targets): (Shape, Shape) = ([count, 3], classed.contains(type) ? [count] : [count, 3])
    switch type {
    case "CTC": (outputs, targets) = ([count, 5, 3], [count, 2])
    case "MarginRanking": (outputs, targets) = ([count, 2], [count])
    case "CosineEmbedding": (outputs, targets) = ([count, 2, 3], [count])
    case "GaussianNegativeLogLikelihood": (outputs, targets) = ([count, 6], [count, 3])
    default: break
    }
    let areNumbers = classed.contains(type) || type == "CTC"
    return (.zeros(outputs, on: device), .zeros(targets, dtype: areNumbers ? .int64 : .float32, on: device))
}

private func divergence(_ reduction: LossReduction, logTarget: Bool = false) -> KLDivergence {
    switch reduction {
    case .none: KLDivergence(logTarget: logTarget, reduction: .none)
    case .mean: KLDivergence(logTarget: logTarget, reduction: .mean)
    case .sum: KLDivergence(logTarget: logTarget, reduction: .sum)
    }
}

private func code(_ body: () throws -> Tensor) -> TensorError.Code? {
    do {
        _ = try withTensorErrors(body)
        return nil
    } catch let error as TensorError { return error.code } catch { return nil }
}

@Suite struct LossTests {
    private func expectClose(_ found: [Double], _ expected: [Double], _ what: String, _ tolerance: Double = 1e-9) {
        #expect(found.count == expected.count, "\(what)")
        for (value, wanted) in zip(found, expected) where abs(value - wanted) > tolerance * max(1e-3, abs(wanted)) {
            Issue.record("\(what): \(found), not \(expected)")
            return
        }
    }

    @Test func everyFixtureHasACase() { #expect(Set(expectations.keys) == Set(cases.map(\.name))) }

    @Test(arguments: cases) func valuesAndGradientsAreThoseOfPyTorchAndKeras(_ lossCase: LossCase) throws {
        let expected = try #require(expectations[lossCase.name])
        for (reduction, wanted) in [
            (LossReduction.mean, [expected.mean]), (.sum, [expected.sum]), (.none, expected.none),
        ] {
            let found = try withTensorErrors { lossCase.loss(lossCase.outputs, reduction) }
            #expect(found.shape == (reduction == .none ? found.shape : []))
            expectClose(try found.array(of: Double.self), wanted, "\(lossCase) \(reduction)")
        }
        let outputs = Parameter(lossCase.outputs)
        try withTensorErrors { try lossCase.loss(outputs.value, .mean).backward() }
        expectClose(try #require(outputs.gradient).array(of: Double.self), expected.gradient, "gradient of \(lossCase)")
    }

    @Test(arguments: cases) func float32IsNearFloat64(_ lossCase: LossCase) throws {
        let expected = try #require(expectations[lossCase.name])
        let found = try withTensorErrors { lossCase.loss(lossCase.outputs.converted(to: .float32), .mean) }
        #expect(found.dtype == .float32)
        expectClose([try found.item()], [expected.mean], lossCase.name, 2e-5)
    }

    @Test func moreRowsThanOneClassAreLeftOutOfTheMean() throws {
        let padded = Tensor([2, -100, 1, -100])
        let expected = try #require(expectations["cross entropy padded"]).mean
        expectClose([try withTensorErrors { crossEntropy(x, padded) }.item()], [expected], "crossEntropy")
    }

    @Test func rowsOfProbabilitiesAndClassNumbersAgree() throws {
        let oneHot = Tensor([0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1] as [Double], shape: [4, 3])
        for loss in [CrossEntropy(), CategoricalHinge()] as [any Loss] {
            let (first, second) = try withTensorErrors { (loss(x, classes), loss(x, oneHot)) }
            expectClose([try first.item()], [try second.item()], "\(type(of: loss))")
        }
    }

    @Test func shapesThatDoNotFitAreErrors() throws {
        for component in Losses.all {
            let loss = try make(component.type)
            #expect(
                code { loss(.zeros([4, 3]), .zeros([5, 2], dtype: .int64)) } == .shapeMismatch, "\(component.type)")
            #expect(code { loss(.zeros([4, 3]), .zeros([4, 3, 2])) } != nil, "\(component.type)")
        }
        #expect(code { MarginRanking()(x, y, .zeros([4])) } == .shapeMismatch)
        #expect(code { TripletMargin()(x, positives: y, negatives: .zeros([4])) } == .shapeMismatch)
        #expect(code { CosineEmbedding()(x, y, .zeros([3])) } == .shapeMismatch)
        #expect(code { GaussianNegativeLogLikelihood()(x, y, variances: .zeros([5])) } == .shapeMismatch)
        #expect(
            code { CTC()(x, .zeros([2, 2], dtype: .int64), inputLengths: [1], targetLengths: [1]) } == .shapeMismatch)
    }

    @Test func outputsOfWholeNumbersAreErrors() throws {
        for component in Losses.all {
            let loss = try make(component.type)
            let (outputs, targets) = fitting(component.type, 4)
            #expect(code { loss(outputs.converted(to: .int64), targets) } == .dtypeMismatch, "\(component.type)")
        }
    }

    @Test func classesThatDoNotExistAreErrors() {
        let wrong = Tensor([2, 0, 3, -1])
        for loss in [CrossEntropy(), NegativeLogLikelihood(), MultiMargin(), CategoricalHinge(), CategoricalFocal()]
            as [any Loss]
        {
            #expect(code { loss(x, wrong) } != nil, "\(type(of: loss))")
        }
    }

    @Test func numbersOutOfRangeAreErrorsWithTheirValue() {
        let wrong: [@Sendable () -> Tensor] = [
            { CrossEntropy(smoothing: 2)(x, classes) }, { Huber(delta: 0)(x, y) }, { SmoothL1(beta: -1)(x, y) },
            { Focal(gamma: -1)(x, zeroOne) }, { CategoricalFocal(gamma: .nan)(x, classes) },
            { Dice(smoothing: -1)(x, zeroOne) }, { Tversky(alpha: -1)(x, zeroOne) },
            { MultiMargin(exponent: 0)(x, classes) }, { Hinge(margin: .infinity)(x, signs) },
            { PoissonNegativeLogLikelihood(logInput: false, epsilon: 0)(x, y) },
            { TripletMargin(margin: -1)(x, positives: y, negatives: y) }, { MarginRanking(margin: .nan)(x, y, signs) },
            { GaussianNegativeLogLikelihood(epsilon: -1)(x, y, variances: y) },
            { CosineEmbedding(margin: 2)(x, y, .zeros([4])) }, { TripletMargin(margin: 0)(x, classes) },
            { TripletMargin(exponent: 0.5)(x, classes) },
            { CTC(blank: 3)(ramp([1, 4, 3]), .ones([1, 1], dtype: .int64)) },
        ]
        for (place, loss) in wrong.enumerated() { #expect(code(loss) == .invalidValue, "number \(place)") }
        #expect(code { CrossEntropy(classWeights: [1, 2])(x, classes) } == .shapeMismatch)
        #expect(code { BinaryCrossEntropyWithLogits(positiveWeight: [1, 2])(x, zeroOne) } == .shapeMismatch)
    }

    @Test func lossesOnMetaHaveAShapeAndNoElements() throws {
        for component in Losses.all {
            let loss = try make(component.type)
            let (outputs, targets) = fitting(component.type, 4, on: .meta)
            let found = try withTensorErrors { withDevice(.meta) { loss(outputs, targets) } }
            #expect(found.shape == [], "\(component.type)")
            #expect(found.device == .meta, "\(component.type)")
        }
    }

    @Test func emptyBatchesHaveNoLosses() throws {
        for component in Losses.all {
            let loss = try make(component.type, "sum")
            let (outputs, targets) = fitting(component.type, 0)
            #expect(try withTensorErrors { loss(outputs, targets) }.item() == 0, "\(component.type)")
        }
    }

    @Test func logCoshStaysFiniteAndSmooth() throws {
        let far = Parameter(Tensor([1e4, -1e4, 0] as [Double], shape: [3]))
        let zeros = Tensor.zeros([3], dtype: .float64)
        let losses = try withTensorErrors { LogCosh(reduction: .none)(far.value, zeros) }
        expectClose(try losses.array(), [1e4 - log(2), 1e4 - log(2), 0], "log cosh")
        try withTensorErrors { try losses.sum().backward() }
        expectClose(try #require(far.gradient).array(of: Double.self), [1, -1, 0], "gradient")
    }

    @Test func recipesMakeEveryLossAndRefuseNoReduction() throws {
        for component in Losses.all { _ = try make(component.type) }
        let reader = RecipeReader()
        #expect(Losses.kind.make(from: recipe("Huber", "none"), reader) == nil)
        #expect(reader.problems.count == 1)
    }

    private func recipe(_ type: String, _ reduction: String? = nil) -> DeclaredValue {
        let texts = [("type", type)] + (reduction.map { [("reduction", $0)] } ?? [])
        return DeclaredValue(
            .mapping(
                texts.map {
                    .init(
                        key: $0.0, keyOrigin: .builtIn, value: DeclaredValue(.scalar($0.1, quoted: false), at: .builtIn)
                    )
                }), at: .builtIn)
    }

    private func make(_ type: String, _ reduction: String? = nil) throws -> any Loss {
        let reader = RecipeReader()
        let loss = Losses.kind.make(from: recipe(type, reduction), reader)
        #expect(reader.problems == [])
        return try #require(loss)
    }
}
