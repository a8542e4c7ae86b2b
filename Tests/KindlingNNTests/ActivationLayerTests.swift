// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingNN
import Testing

/// Activations as layers, against PyTorch's.
@Suite struct ActivationLayerTests {
    static let fixture = GradientFixture("activation")

    static let cases: [GradientCase] = [
        GradientCase("CELU", [3, 8], scale: 4) { CELU(alpha: 1.5) },
        GradientCase("ELU", [3, 8], scale: 4) { ELU(alpha: 0.7) },
        GradientCase("GELU", [3, 8], scale: 4) { GELU() },
        GradientCase("GELU tanh", [3, 8], scale: 4) { GELU(approximate: true) },
        GradientCase("GLU", [3, 8], scale: 4) { GLU() },
        GradientCase("GLU first", [4, 3], scale: 4) { GLU(axis: 0) },
        GradientCase("HardShrink", [3, 8], scale: 4) { HardShrink() },
        GradientCase("HardSigmoid", [3, 8], scale: 4) { HardSigmoid() },
        GradientCase("HardSwish", [3, 8], scale: 4) { HardSwish() },
        GradientCase("HardTanh", [3, 8], scale: 4) { HardTanh(lower: -0.5, upper: 2) },
        GradientCase("LeakyReLU", [3, 8], scale: 4) { LeakyReLU() },
        GradientCase("LogSigmoid", [3, 8], scale: 4) { LogSigmoid() },
        GradientCase("LogSoftmax", [3, 8], scale: 4) { LogSoftmax() },
        GradientCase("LogSoftmax axis 1", [2, 3, 4], scale: 4) { LogSoftmax(axis: 1) },
        GradientCase("Mish", [3, 8], scale: 4) { Mish() },
        GradientCase("PReLU", [2, 3, 4], scale: 4) { PReLU() },
        GradientCase("PReLU channels", [2, 3, 4], scale: 4) { PReLU(3) },
        GradientCase("QuickGELU", [3, 8], scale: 4) { QuickGELU() },
        GradientCase("RReLU", [3, 8], scale: 4) { RReLU() },
        GradientCase("ReLU", [3, 8], scale: 4) { ReLU() },
        GradientCase("ReLU6", [3, 8], scale: 9) { ReLU6() },
        GradientCase("ReLUSquared", [3, 8], scale: 4) { ReLUSquared() },
        GradientCase("SELU", [3, 8], scale: 4) { SELU() },
        GradientCase("SiLU", [3, 8], scale: 4) { SiLU() },
        GradientCase("Sigmoid", [3, 8], scale: 4) { Sigmoid() },
        GradientCase("Sine", [3, 8], scale: 4) { Sine(frequency: 3) },
        GradientCase("SoftShrink", [3, 8], scale: 4) { SoftShrink(threshold: 0.8) },
        GradientCase("Softmax", [3, 8], scale: 4) { Softmax() },
        GradientCase("Softmax axis 1", [2, 3, 4], scale: 4) { Softmax(axis: 1) },
        GradientCase("Softmin", [3, 8], scale: 4) { Softmin() },
        GradientCase("Softplus", [3, 8], scale: 4) { Softplus(beta: 2, threshold: 5) },
        GradientCase("Softsign", [3, 8], scale: 4) { Softsign() },
        GradientCase("SparsePlus", [3, 8], scale: 4) { SparsePlus() },
        GradientCase("SparseSigmoid", [3, 8], scale: 4) { SparseSigmoid() },
        GradientCase("Squareplus", [3, 8], scale: 4) { Squareplus(bend: 2) },
        GradientCase("Tanh", [3, 8], scale: 4) { Tanh() },
        GradientCase("TanhShrink", [3, 8], scale: 4) { TanhShrink() },
        GradientCase("Threshold", [3, 8], scale: 4) { Threshold(0.5, value: -1) },
    ]

    @Test func everyCaseOfTheFixtureIsCompared() {
        #expect(Set(ActivationLayerTests.cases.map(\.name)) == ActivationLayerTests.fixture.names)
    }

    @Test(arguments: cases) func valuesAndGradientsArePyTorchs(_ row: GradientCase) throws {
        try ActivationLayerTests.fixture.expect(row)
    }

    @Test func emptyBatchesGiveEmptyResults() throws {
        // Along the first axis there is nothing to halve.
        try ActivationLayerTests.cases.filter { $0.name != "GLU first" }.expectEmptyBatches()
    }

    @Test func impossibleArgumentsAndInputsAreRefusedByName() {
        let rows: [RefusalCase] = [
            RefusalCase("CELU", [2], .invalidValue, says: "CELU: alpha is 0.0, but must be finite and not 0") {
                CELU(alpha: 0)
            },
            RefusalCase("CELU", [2], .invalidValue, says: "alpha is nan") { CELU(alpha: .nan) },
            RefusalCase("GLU", [2, 3], .shapeMismatch, says: "do not fall into halves") { GLU() },
            RefusalCase("GLU", [2, 4], .invalidAxis, says: "axis 2") { GLU(axis: 2) },
            RefusalCase("HardShrink", [2], .invalidValue, says: "HardShrink: threshold is -1.0") {
                HardShrink(threshold: -1)
            },
            RefusalCase("HardTanh", [2], .invalidValue, says: "upper is 0.0, but must not lie below lower, 1.0") {
                HardTanh(lower: 1, upper: 0)
            },
            RefusalCase("HardTanh", [2], .invalidValue, says: "upper is nan") { HardTanh(upper: .nan) },
            RefusalCase("LogSoftmax", [2], .invalidAxis, says: "axis 1") { LogSoftmax(axis: 1) },
            RefusalCase("LogSoftmax", [2], dtype: .int32, .dtypeMismatch, says: "int32") { LogSoftmax() },
            RefusalCase("PReLU", [2, 3], .invalidValue, says: "PReLU: channels is 0, but must be 1 or more") {
                PReLU(0)
            },
            RefusalCase("PReLU", [2, 3], .invalidValue, says: "channels is -9223372036854775808") { PReLU(.min) },
            RefusalCase("PReLU", [2, 3], .shapeMismatch, says: "4") { PReLU(4) },
            RefusalCase("RReLU", [2], .invalidValue, says: "RReLU: upper is 0.1, but must not lie below lower, 0.3") {
                RReLU(lower: 0.3, upper: 0.1)
            },
            RefusalCase("RReLU", [2], .invalidValue, says: "must be finite") { RReLU(lower: -.infinity) },
            RefusalCase("SoftShrink", [2], .invalidValue, says: "threshold is nan") { SoftShrink(threshold: .nan) },
            RefusalCase("Softmax", [], .invalidAxis, says: "axis -1") { Softmax() },
            RefusalCase("Softmin", [2], .invalidAxis, says: "axis 3") { Softmin(axis: 3) },
            RefusalCase("Softplus", [2], .invalidValue, says: "Softplus: beta is 0.0") { Softplus(beta: 0) },
            RefusalCase("Squareplus", [2], .invalidValue, says: "bend is -1.0") { Squareplus(bend: -1) },
        ]
        for row in rows { row.expect() }
    }

    @Test func recipesMakeThemFromTheirDefaults() throws {
        for type in Set(ActivationLayerTests.cases.map(\.type)).subtracting(["Threshold"]) {
            let layer = try layerFromRecipe(type).get()
            #expect(String(describing: Swift.type(of: layer)) == type)
        }
        #expect(try layerFromRecipe("Threshold", ["threshold": "0.5", "value": "-1"]).get() is Threshold)
    }

    @Test func recipesRefuseImpossibleArguments() {
        func mistake(_ type: String, _ fields: KeyValuePairs<String, String>) -> String {
            switch layerFromRecipe(type, fields) {
            case .success: "none"
            case .failure(let mistake): mistake.message
            }
        }
        #expect(mistake("CELU", ["alpha": "0"]) == "CELU: alpha is 0.0, but must be finite and not 0")
        #expect(
            mistake("HardTanh", ["lower": "1", "upper": "0"])
                == "HardTanh: upper is 0.0, but must not lie below lower, 1.0")
        #expect(
            mistake("RReLU", ["lower": "1", "upper": "0"]) == "RReLU: upper is 0.0, but must not lie below lower, 1.0")
        #expect(mistake("SoftShrink", ["threshold": "-1"]) == "expected at least 0, found '-1'")
        #expect(mistake("PReLU", ["channels": "0"]) == "expected at least 1, found '0'")
    }

    @Test func randomSlopesAreDrawnInTrainingAlone() throws {
        let (layer, input) = (RReLU(lower: 0.2, upper: 0.4), Tensor.full([50, 20], -1))
        func pass(_ phase: Phase, _ seed: UInt64) throws -> [Float] {
            try withTensorErrors { ForwardContext.run(phase, random: RandomStream(seed: seed)) { layer(input) } }
                .array()
        }
        let trained = try pass(.training, 1)
        #expect(trained.allSatisfy { $0 <= -0.2 && $0 >= -0.4 })
        #expect(Set(trained).count > 900)
        #expect(abs(trained.reduce(0, +) / 1000 + 0.3) < 0.01)
        #expect(try pass(.training, 1) == trained)
        #expect(try pass(.training, 2) != trained)
        #expect(try pass(.evaluation, 1).allSatisfy { abs($0 + 0.3) < 1e-6 })
        let positive = try withTensorErrors {
            ForwardContext.run(.training, random: RandomStream(seed: 1)) { layer(Tensor([0.0, 2.0])) }
        }
        #expect(try positive.array(of: Float.self) == [0, 2])
    }
}
