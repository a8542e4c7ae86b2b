// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingDeclarations
import KindlingEngine
import KindlingNN
import Testing

private func scale(_ factor: Double) -> any Layer { Lambda { $0 * factor } }

private func code(_ body: () throws -> Void) -> TensorError.Code? {
    do { try withTensorErrors(body) } catch { return (error as? TensorError)?.code }
    return nil
}

/// Layers of the catalog that put others together.
let compositionCases: [LayerCase] = [
    LayerCase(name: "BilinearBranches", input: [2, 5]) {
        BilinearBranches(Bilinear(4, 5, 3), first: [Linear(5, 4)])
    },
    LayerCase(name: "DecoderBranches", input: [2, 4, 6]) {
        DecoderBranches(
            TransformerDecoder(layers: 1, .init(6, heads: 2, hidden: 8)), target: [LearnedPositions(4)],
            memory: [Linear(6, 6)])
    },
    LayerCase(name: "Branches", input: [2, 5]) {
        Branches {
            Linear(5, 4); Identity()
        }
    },
    LayerCase(name: "Identity", input: [2, 5]) { Identity() },
    LayerCase(name: "Residual", input: [2, 5]) { Residual(projection: Linear(5, 3)) { Linear(5, 3) } },
]

/// Layers that put others together.
@Suite struct ModuleCompositionTests {
    private let input = Tensor([[1.0, 2], [3, 4]])

    private func expect(_ layer: any Layer, _ expected: [Float]) throws {
        #expect(try withTensorErrors { layer(input) }.array(of: Float.self) == expected)
    }

    @Test func aResidualAddsTheInput() throws {
        try expect(
            Residual {
                scale(2); scale(5)
            }, [11, 22, 33, 44])
        try expect(Residual(projection: scale(-1)) { scale(2) }, [1, 2, 3, 4])
        let block = Residual(projection: Linear(2, 3)) {
            Linear(2, 3); ReLU()
        }
        #expect(
            block.namedParameters.map(\.name) == [
                "body.0.weight", "body.0.bias", "projection.weight", "projection.bias",
            ])
    }

    @Test func aResidualDoesNotBroadcast() {
        #expect(code { _ = Residual { Linear(2, 1) }(input) } == .shapeMismatch)
        #expect(code { _ = Residual(projection: Linear(2, 3)) { Linear(2, 1) }(input) } == .shapeMismatch)
    }

    @Test func branchesAreJoined() throws {
        let parts = [scale(1), scale(-1), scale(3)]
        try expect(Branches(parts), [1, 2, -1, -2, 3, 6, 3, 4, -3, -4, 9, 12])
        try expect(Branches(joinedBy: .add, parts), [3, 6, 9, 12])
        try expect(Branches(joinedBy: .average, parts), [1, 2, 3, 4])
        try expect(Branches(joinedBy: .multiply, parts), [-3, -24, -81, -192])
        try expect(Branches(joinedBy: .maximum, parts), [3, 6, 9, 12])
        try expect(Branches(joinedBy: .minimum, parts), [-1, -2, -3, -4])
        try expect(
            Branches(axis: 0) {
                Identity(); scale(2)
            }, [1, 2, 3, 4, 2, 4, 6, 8])
    }

    @Test func branchesThatDoNotFitAreErrors() {
        #expect(code { _ = Branches([])(input) } == .invalidValue)
        #expect(
            code {
                _ = Branches(joinedBy: .add) {
                    Linear(2, 1); Identity()
                }(input)
            } == .shapeMismatch)
        #expect(
            code {
                _ = Branches(axis: 7) {
                    Identity(); Identity()
                }(input)
            } == .invalidAxis)
    }

    @Test func twoBranchesGoIntoLayersOfTwoInputs() throws {
        let (first, second) = (Linear(2, 3), Linear(2, 4))
        let bilinear = Bilinear(3, 4, 5)
        let joined = BilinearBranches(bilinear, first: [first], second: [second])
        let wanted = try withTensorErrors { bilinear(first(input), second(input)) }.array(of: Float.self)
        try expect(joined, wanted)
        #expect(joined.namedParameters.map(\.name).first == "first.0.weight")
        #expect(joined.namedParameters.map(\.name).contains("bilinear.weight"))

        let decoder = TransformerDecoder(layers: 2, .init(2, heads: 1, hidden: 4, dropout: 0))
        let sequence = input.insertingAxis(at: 0)
        let attended = try withTensorErrors { DecoderBranches(decoder, memory: [scale(2)])(sequence) }
        let alone = try withTensorErrors { decoder(sequence, memory: sequence * 2.0) }
        #expect(try attended.array(of: Float.self) == alone.array(of: Float.self))
        #expect(code { _ = BilinearBranches(Bilinear(3, 4, 5))(input) } == .shapeMismatch)
        #expect(code { _ = BilinearBranches(Bilinear(0, 4, 5))(input) } == .invalidValue)
    }

    @Test func recipesMakeLayersOfTwoInputs() throws {
        let bilinear = try layerFromRecipe(
            "BilinearBranches", ["first_features": "2", "second_features": "2", "out_features": "3", "bias": "false"]
        ).get()
        #expect(try withTensorErrors { bilinear(input) }.shape == [2, 3])
        let sequence = input.insertingAxis(at: 0)
        let decoder = try layerFromRecipe(
            "DecoderBranches", ["layers": "1", "width": "2", "heads": "1", "hidden": "4"]
        ).get()
        #expect(try withTensorErrors { decoder(sequence) }.shape == [1, 2, 2])
        let wrong = layerFromRecipe("DecoderBranches", ["layers": "1", "width": "3", "heads": "2"])
        #expect(throws: RecipeMistake(message: "DecoderBranches: heads is 2, but must divide width, 3")) {
            try wrong.get()
        }
    }

    @Test func innerLayersAreBuiltByTheInput() throws {
        let net = Sequential {
            Branches {
                Linear(out: 3); Identity()
            }
            Residual { Linear(out: 5) }
        }
        try net.build(inputShape: [1, 2])
        #expect(net.parameters.map(\.shape) == [[3, 2], [3], [5, 5], [5]])
    }

    @Test func partsOfASequenceAreSequences() throws {
        let net = Sequential {
            scale(2); scale(3); scale(5)
        }
        #expect(net.count == 3)
        try expect(net[0..<2], [6, 12, 18, 24])
        try expect(net[1..<99], [15, 30, 45, 60])
        #expect(net[-1] === net[2])
        #expect(net[3] == nil)
        #expect(net[-4] == nil)
    }

    @Test func recipesMakeComposition() throws {
        func scalar(_ text: String) -> DeclaredValue { DeclaredValue(.scalar(text, quoted: false), at: .builtIn) }
        func mapping(_ entries: [(String, DeclaredValue)]) -> DeclaredValue {
            DeclaredValue(
                .mapping(entries.map { .init(key: $0.0, keyOrigin: .builtIn, value: $0.1) }), at: .builtIn)
        }
        let convolution = mapping([
            ("type", scalar("Conv2D")), ("out_channels", scalar("4")), ("kernel_size", scalar("1")),
            ("weight_initializer", scalar("Ones")), ("bias_initializer", scalar("Zeros")),
        ])
        let layers = DeclaredValue(.sequence([convolution, scalar("Identity")]), at: .builtIn)
        let reader = RecipeReader()
        let value = mapping([("type", scalar("Branches")), ("layers", layers)])
        let made = LayerKind.kind.make(from: value, reader)
        #expect(reader.problems.isEmpty)
        let layer = try #require(made)
        #expect(try withTensorErrors { layer(.ones([1, 2, 1, 1])) }.array() == [2, 2, 2, 2, 1, 1] as [Float])
        let none = DeclaredValue(.sequence([]), at: .builtIn)
        #expect(LayerKind.kind.make(from: mapping([("type", scalar("Branches")), ("layers", none)]), reader) == nil)
        #expect(reader.problems.map(\.message) == ["Branches: branches is 0, but must be at least one layer"])
    }
}
