// SPDX-License-Identifier: Apache-2.0
import Glibc
import KindlingBackend
import KindlingDeclarations
import KindlingEngine
import KindlingNN
import Testing

private let keras = Reference("preprocessing")

private func ramp(_ shape: Shape, times factor: Double = 1, plus summand: Double = 0) -> Tensor {
    let numbers = (0..<shape.elementCount).map { factor * sin(1.3 * Double($0)) + summand }
    return Tensor(numbers, shape: shape).converted(to: .float32)
}

private func code(_ body: () throws -> Void) -> TensorError.Code? {
    do { try withTensorErrors(body) } catch { return (error as? TensorError)?.code }
    return nil
}

/// Preprocessing layers of the catalog, for its laws.
let preprocessingCases: [LayerCase] = [
    LayerCase(name: "CategoryEncoding", input: [2, 5], isOfWholeNumbers: true) { CategoryEncoding(tokens: 3) },
    LayerCase(name: "Discretization", input: [2, 5], isOfWholeNumbers: true) { Discretization(boundaries: [0, 1]) },
    LayerCase(name: "Normalization", input: [2, 5]) { Normalization() },
    LayerCase(name: "OneHot", input: [2, 5], isOfWholeNumbers: true) { OneHot(classes: 3) },
    LayerCase(name: "Rescaling", input: [2, 5]) { Rescaling(scale: 2, offset: 1) },
]

/// Preprocessing layers find and give what Keras' do.
@Suite struct PreprocessingLayerTests {
    private let table = ramp([12, 3], times: 5, plus: 100)
    private let pictures = ramp([4, 3, 2, 5])
    private let values = ramp([50, 5], times: 3)

    @Test func normalizationFindsMeanAndVariance() throws {
        let layer = Normalization()
        try layer.adapt(table)
        try keras.expect("normalization mean", layer.mean.value, tolerance: 1e-6)
        try keras.expect("normalization variance", layer.variance.value, tolerance: 1e-6)
        try keras.expect("normalization", withTensorErrors { layer(table) }, tolerance: 1e-5)
        #expect(try layer.count.value.item() == 12)
    }

    @Test func normalizationTakesAxesAndGivenNumbers() throws {
        let all = Normalization(axis: [])
        try all.adapt(table)
        try keras.expect("normalization of all", withTensorErrors { all(table) }, tolerance: 1e-5)
        let channels = Normalization(axis: [1])
        try channels.adapt(pictures)
        try keras.expect("normalization of channels", withTensorErrors { channels(pictures) }, tolerance: 1e-5)
        let both = Normalization(axis: [-1, 1])
        try both.adapt(pictures)
        try keras.expect("normalization of two axes", withTensorErrors { both(pictures) }, tolerance: 1e-5)
        let given = Normalization(mean: [1, 2, 3], variance: [4, 0.25, 0])
        try keras.expect("normalization given", withTensorErrors { given(ramp([2, 3])) }, tolerance: 1e-5)
    }

    @Test func invertedNormalizationBringsBack() throws {
        let (forth, back) = (Normalization(), Normalization(invert: true))
        try forth.adapt(table)
        try back.copyState(from: forth)
        try keras.expect("normalization inverted", withTensorErrors { back(ramp([2, 3])) }, tolerance: 1e-5)
        let same = try withTensorErrors { try (back(forth(table)) - table).abs().max().item() }
        #expect(same < 1e-4)
    }

    @Test func batchesGiveWhatTheWholeGives() throws {
        let (whole, parts) = (Normalization(), Normalization())
        try whole.adapt(table)
        var rest = [table.sliced(0..<1, along: 0), table.sliced(1..<8, along: 0), table.sliced(8..<12, along: 0)]
        try parts.adapt { rest.isEmpty ? nil : rest.removeFirst() }
        let difference = try withTensorErrors { try (parts.variance.value - whole.variance.value).abs().max().item() }
        #expect(difference < 1e-5)
        #expect(try parts.mean.value.array() == whole.mean.value.array(of: Float.self))
        // One that was loaded goes on from what it was loaded with.
        let loaded = Normalization()
        try loaded.adapt(table.sliced(0..<8, along: 0))
        let later = Normalization()
        try later.copyState(from: loaded)
        try later.observe(table.sliced(8..<12, along: 0))
        #expect(try later.count.value.item() == 12)
        #expect(try withTensorErrors { try (later.variance.value - whole.variance.value).abs().max().item() } < 1e-4)
    }

    @Test func normalizationChangesNothingBeforeItSawData() throws {
        let layer = Normalization()
        #expect(try withTensorErrors { layer(table) }.array() == table.array(of: Float.self))
        #expect(try layer.stateDictionary().map(\.name) == ["mean", "variance", "count"])
    }

    @Test func fittedStateIsSavedWithTheModel() throws {
        func make() -> Sequential {
            Sequential {
                Normalization(); Discretization(bins: 4); OneHot(classes: 4)
            }
        }
        let net = make()
        try (net[0] as? KindlingNN.Normalization)?.adapt(table)
        try (net[1] as? Discretization)?.adapt(ramp([40]))
        let copy = try net.copied(by: make)
        #expect(try copy.predict(table).array() == net.predict(table).array(of: Float.self))
        #expect(
            try net.stateDictionary().map(\.name) == ["0.mean", "0.variance", "0.count", "1.boundaries"])
    }

    @Test func rescalingIsLinear() throws {
        let bytes = Tensor((0..<18).map { UInt8($0 * 15) })
        try keras.expect("rescaling", Rescaling(scale: 1 / 127.5, offset: -1)(bytes), tolerance: 1e-6)
    }

    @Test(arguments: [(CategoryMode.oneHot, "one_hot"), (.multiHot, "multi_hot"), (.count, "count")])
    func categoriesAreEncoded(_ mode: CategoryMode, _ name: String) throws {
        let tokens = Tensor([[0, 3, 3], [1, 1, 1]])
        try keras.expect("tokens \(name)", withTensorErrors { CategoryEncoding(tokens: 4, mode: mode)(tokens) })
    }

    @Test func oneHotKeepsAnAxisOfOne() throws {
        let column = Tensor([[2], [0]])
        #expect(try withTensorErrors { OneHot(classes: 3)(column) }.shape == [2, 1, 3])
        let single = try withTensorErrors { CategoryEncoding(tokens: 3, mode: .oneHot)(column) }
        #expect(single.shape == [2, 3])
        #expect(try single.array() == [0, 0, 1, 1, 0, 0] as [Float])
        let outside = try withTensorErrors { OneHot(classes: 2)(Tensor([-1, 2])) }
        #expect(try outside.array() == [0, 0, 0, 0] as [Float])
    }

    @Test func binsAreKeras() throws {
        let given = Discretization(boundaries: [0, 1, 2])
        let places = try withTensorErrors { given(values) }
        #expect(places.dtype == .int64)
        try keras.expect("bins given", places)
        let found = Discretization(bins: 7)
        try found.adapt(values)
        try keras.expect("boundaries", found.boundaries.value, tolerance: 1e-5)
        try keras.expect("bins", withTensorErrors { found(values) })
        let counted = Discretization(boundaries: [0, 1, 2], mode: .count)
        try keras.expect("bins counted", withTensorErrors { counted(values.sliced(0..<3, along: 0)) })
    }

    @Test func boundariesComeFromBatchesToo() throws {
        let layer = Discretization(bins: 4, epsilon: 0.05)
        var rest = [values.sliced(0..<30, along: 0), values.sliced(30..<50, along: 0)]
        try layer.adapt { rest.isEmpty ? nil : rest.removeFirst() }
        try keras.expect("boundaries of batches", layer.boundaries.value, tolerance: 1e-5)
        let few = Discretization(bins: 3)
        try few.adapt(values.sliced(0..<4, along: 0).sliced(0..<1, along: 1))
        try keras.expect("boundaries of few", few.boundaries.value, tolerance: 1e-5)
    }

    @Test func wrongDataAreErrorsAndNoTraps() {
        #expect(code { try Normalization().adapt(Tensor([[1.0, .nan]])) } == .notFinite)
        #expect(code { try Normalization().adapt(.zeros([0, 3])) } == .invalidValue)
        #expect(code { try Normalization().adapt { nil } } == .invalidValue)
        #expect(code { try Normalization(axis: [2]).adapt(table) } == .invalidAxis)
        #expect(code { _ = Normalization(axis: [-1, 1])(table) } == .invalidAxis)
        #expect(code { _ = Normalization(mean: [1, 2], variance: [1, 1])(table) } == .shapeMismatch)
        let layer = Normalization()
        #expect(code { try layer.observe(table) } == nil)
        #expect(code { try layer.observe(.zeros([4, 2])) } == .shapeMismatch)
        #expect(code { _ = Discretization(bins: 4)(table) } == .notBuilt)
        #expect(code { try Discretization(bins: 4).adapt(Tensor([1.0, 2])) } == .invalidValue)
        #expect(code { try Discretization(bins: 4).adapt(Tensor([1.0, .infinity])) } == .notFinite)
    }

    @Test func impossibleArgumentsAreNamed() {
        #expect(code { _ = Discretization(boundaries: [1, 0])(table) } == .invalidValue)
        #expect(code { _ = Discretization(bins: Int.min)(table) } == .invalidValue)
        #expect(code { _ = Discretization(bins: 4, epsilon: -1)(table) } == .invalidValue)
        #expect(code { _ = CategoryEncoding(tokens: 0)(Tensor([1])) } == .invalidValue)
        #expect(code { _ = OneHot(classes: Int.max)(Tensor([1])) } == .invalidValue)
    }

    @Test func emptyBatchesGiveEmptyResults() throws {
        #expect(try withTensorErrors { Normalization()(.zeros([0, 3])) }.shape == [0, 3])
        #expect(try withTensorErrors { Rescaling(scale: 2)(.zeros([0])) }.shape == [0])
        #expect(try withTensorErrors { CategoryEncoding(tokens: 3)(.zeros([0, 2], dtype: .int64)) }.shape == [0, 3])
        #expect(try withTensorErrors { Discretization(boundaries: [0])(.zeros([0, 2])) }.shape == [0, 2])
    }

    @Test func doublePrecisionStays() throws {
        let layer = Normalization()
        try layer.adapt(table)
        #expect(try withTensorErrors { layer(table.converted(to: .float64)) }.dtype == .float64)
        #expect(try withTensorErrors { Rescaling(scale: 2)(table.converted(to: .float64)) }.dtype == .float64)
    }

    @Test func recipesSayWhatBelongsTogether() throws {
        func layer(_ entries: [(String, DeclaredValue.Content)]) -> (made: Bool, messages: [String]) {
            let reader = RecipeReader()
            let value = DeclaredValue(
                .mapping(
                    entries.map {
                        .init(key: $0.0, keyOrigin: .builtIn, value: DeclaredValue($0.1, at: .builtIn))
                    }), at: .builtIn)
            return (LayerKind.kind.make(from: value, reader) != nil, reader.problems.map(\.message))
        }
        let one = DeclaredValue.Content.sequence([DeclaredValue(.scalar("1", quoted: false), at: .builtIn)])
        #expect(layer([("type", .scalar("Normalization", quoted: false))]).made)
        #expect(
            layer([("type", .scalar("Normalization", quoted: false)), ("mean", one)]).messages == [
                "Normalization: mean and variance must be given together"
            ])
        #expect(
            layer([("type", .scalar("Discretization", quoted: false))]).messages == [
                "Discretization: either boundaries or bins must be given"
            ])
        #expect(
            layer([
                ("type", .scalar("Discretization", quoted: false)), ("bins", .scalar("5", quoted: false)),
                ("mode", .scalar("one_hot", quoted: false)),
            ]).made)
    }
}
