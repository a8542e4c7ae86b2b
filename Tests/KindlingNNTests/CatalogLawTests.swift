// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingDeclarations
import KindlingEngine
import KindlingNN
import Testing

/// A layer of the catalog with arguments and an input that it takes.
struct LayerCase: Sendable, CustomStringConvertible {
    let name: String
    let input: Shape
    var isOfWholeNumbers = false
    /// The phase in which all parameters take part.
    var phase = Phase.evaluation
    let make: @Sendable () -> any Layer
    var description: String { name }
    var dtype: DType { isOfWholeNumbers ? .int64 : .float32 }
}

/// What every layer must do, over the whole catalog.
@Suite struct CatalogLawTests {
    static let cases: [LayerCase] =
        [
            LayerCase(name: "Dropout", input: [2, 5]) { Dropout(rate: 0.5) },
            LayerCase(name: "Linear", input: [2, 5]) { Linear(5, 3) },
            LayerCase(name: "MLP", input: [2, 5]) { MLP(5, hidden: [4], 3) },
            LayerCase(name: "Sequential", input: [2, 5]) {
                Sequential {
                    Linear(5, 4); ReLU(); Linear(4, 2)
                }
            },
        ]
        + ActivationLayerTests.cases.lawCases + ConvolutionLayerTests.cases.lawCases
        + PoolingLayerTests.cases.lawCases + ShapeLayerTests.cases.lawCases + blockCases + compositionCases + modelCases
        + preprocessingCases + sequenceModelCases

    @Test func everyComponentHasACase() {
        let components = (Layers.all + Models.all).map(\.type)
        #expect(Set(components) == Set(CatalogLawTests.cases.map(\.name)))
        #expect(Set(components).count == components.count)
    }

    @Test(arguments: cases) func shapesOnMetaAreThoseOfTheDevice(_ layerCase: LayerCase) throws {
        let layer = layerCase.make()
        let meta = try withTensorErrors {
            withDevice(.meta) { layer(Tensor.zeros(layerCase.input, dtype: layerCase.dtype, on: .meta)) }
        }
        let real = try withTensorErrors { layer(Tensor.ones(layerCase.input, dtype: layerCase.dtype)) }
        #expect(meta.shape == real.shape)
        #expect(meta.device == .meta)
        #expect(real.device == .cpu)
    }

    @Test(arguments: cases) func gradientsReachInputAndEveryParameter(_ layerCase: LayerCase) throws {
        let layer = layerCase.make()
        var stream = RandomStream(seed: 5)
        let drawn = Tensor.uniform(layerCase.input, low: 0.1, high: 1, from: &stream)
        let input = Parameter(drawn.converted(to: layerCase.dtype))
        // What encodes whole numbers has nothing that a gradient could reach.
        if layerCase.isOfWholeNumbers, layer.parameters.isEmpty { return }
        try withTensorErrors {
            try ForwardContext.run(layerCase.phase, random: stream) { layer(input.value) }.sum().backward()
        }
        #expect(input.gradient?.shape == (layerCase.isOfWholeNumbers ? nil : layerCase.input))
        for (name, parameter) in layer.namedParameters {
            #expect(parameter.gradient?.shape == parameter.shape, "\(name)")
        }
    }

    @Test func dropoutZeroesItsShareAndKeepsTheMean() throws {
        let layer = Dropout(rate: 0.25)
        let input = Tensor.ones([100, 100])
        func pass(_ phase: Phase, _ seed: UInt64) throws -> [Float] {
            try withTensorErrors {
                ForwardContext.run(phase, random: RandomStream(seed: seed)) { layer(input) }
            }.array()
        }
        let trained = try pass(.training, 1)
        let zeros = trained.count { $0 == 0 }
        #expect((2300...2700).contains(zeros))
        #expect(trained.allSatisfy { $0 == 0 || abs($0 - 4 / 3) < 1e-6 })
        #expect(try pass(.training, 1) == trained)
        #expect(try pass(.training, 2) != trained)
        #expect(try pass(.evaluation, 1).allSatisfy { $0 == 1 })
    }
}
