// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingDeclarations
import KindlingEngine
import KindlingNN
import Testing

/// A layer that cannot be, and what is said of it.
struct ImpossibleLayer: Sendable, CustomStringConvertible {
    let what: String
    let make: @Sendable () -> any Module
    var description: String { what }

    init(_ what: String, _ make: @escaping @Sendable () -> any Module) {
        self.what = what
        self.make = make
    }
}

/// Arguments that cannot be are errors where a layer is made, with the argument's name, its value and the rule.
@Suite struct ImpossibleArgumentTests {
    static let cases: [ImpossibleLayer] = [
        ImpossibleLayer("inFeatures is 0, but must be 1 or more") { Linear(0, 3) },
        ImpossibleLayer("outFeatures is -3, but must be 1 or more") { Linear(out: -3) },
        ImpossibleLayer("outFeatures is 0, but must be 1 or more") { MLP(4, hidden: [3, 0], 2) },
        ImpossibleLayer("groups is 3, but must divide inChannels, 4") { Conv2D(4, 6, kernelSize: 3, groups: 3) },
        ImpossibleLayer("kernelSize is 0, but must be 1 or more and countable in 32 bits") {
            Conv1D(4, 4, kernelSize: 0)
        },
        ImpossibleLayer("stride is -1, but must be 1 or more and countable in 32 bits") {
            ConvTranspose2D(4, 4, kernelSize: 2, stride: -1)
        },
        ImpossibleLayer("depthMultiplier is 0, but must be 1 or more") {
            DepthwiseConv2D(4, kernelSize: 3, depthMultiplier: 0)
        },
        ImpossibleLayer("size is 0, but must be 1 or more and countable in 32 bits") { MaxPool2D(0) },
        ImpossibleLayer("padding is 2, but must be at most half the size, 2") { AveragePool1D(2, padding: 2) },
        ImpossibleLayer("groups is 3, but must divide numChannels, 4") { GroupNorm(groups: 3, 4) },
        ImpossibleLayer("epsilon is 0.0, but must be a number above 0") { LayerNorm(4, epsilon: 0) },
        ImpossibleLayer("numFeatures is 0, but must be 1 or more") { BatchNorm2D(0) },
        ImpossibleLayer("rate is 1.5, but must be in 0 ... 1") { Dropout(rate: 1.5) },
        ImpossibleLayer("rate is -0.1, but must be in 0 ... 1") { DropPath(rate: -0.1) },
        ImpossibleLayer("heads is 0, but must be 1 or more") { MultiHeadAttention(8, heads: 0) },
        ImpossibleLayer("heads is 3, but must divide width, 8") { TransformerEncoder(layers: 1, .init(8, heads: 3)) },
        ImpossibleLayer("heads is 0, but must be 1 or more") { TransformerDecoder(layers: 1, .init(8, heads: 0)) },
        ImpossibleLayer("layers is 0, but must be in 1 ... 10000") {
            TransformerEncoder(layers: 0, .init(8, heads: 2))
        },
        ImpossibleLayer("hiddenSize is 0, but must be 1 or more") { LSTM(4, 0) },
        ImpossibleLayer("dropout is 2.0, but must be in 0 ... 1") { GRU(4, 4, layers: 2, dropout: 2) },
        ImpossibleLayer("numEmbeddings is -1, but must be 1 or more") { Embedding(-1, 4) },
        ImpossibleLayer("outFeatures is 0, but must be 1 or more") { Bilinear(2, 2, 0) },
        ImpossibleLayer("depth is 20, but must be 18, 34, 50, 101 or 152") { ResNet(depth: 20) },
    ]

    /// What a body inside a scope is refused with.
    private func refusal(_ body: () throws -> Void) -> TensorError? {
        do { try withTensorErrors(body) } catch { return error as? TensorError }
        return nil
    }

    @Test(arguments: cases) func construction(_ layer: ImpossibleLayer) {
        let error = refusal { _ = layer.make() }
        #expect(error?.what == layer.what)
        #expect(error?.code == .invalidValue)
    }

    @Test func outsideAScopeALayerIsMadeAndRefusesItsInput() {
        let layer = Dropout(rate: 2)
        #expect(refusal { _ = layer(.ones([2])) }?.what == "rate is 2.0, but must be in 0 ... 1")
    }

    /// Every number of every component is refused outside its range, with the range and what was written.
    @Test func recipesRefuseEveryNumberOutsideItsRange() {
        let layers = refusals(LayerKind.kind, Layers.all + Models.all)
        let losses = refusals(Losses.kind, Losses.all)
        let initializers = refusals(InitializerKind.kind, Initializers.all)
        #expect(layers.count > 200)
        #expect(losses.count > 15)
        #expect(initializers.count >= 3)
        for refusal in layers + losses + initializers {
            #expect(refusal.message.contains("expected \(refusal.range), found '-7'"), "\(refusal)")
        }
    }

    /// What is said of −7 in every field that does not take it; all other fields are left out.
    private func refusals<Product>(
        _ kind: ComponentKind<Product>, _ components: [Component<Product>]
    ) -> [(component: String, field: String, range: FieldRange, message: String)] {
        func scalar(_ text: String) -> DeclaredValue { DeclaredValue(.scalar(text, quoted: false), at: .builtIn) }
        return components.flatMap { component in
            component.fields.filter { !$0.range.contains(-7) }.map { field in
                let items = DeclaredValue(.sequence([scalar("-7")]), at: .builtIn)
                let entries = [
                    ("type", scalar(component.type)), (field.key, field.type.isList ? items : scalar("-7")),
                ]
                let reader = RecipeReader()
                let value = DeclaredValue(
                    .mapping(entries.map { .init(key: $0.0, keyOrigin: .builtIn, value: $0.1) }), at: .builtIn)
                _ = kind.make(from: value, reader)
                let messages = reader.problems.map(\.message).joined(separator: "; ")
                return (component.type, field.key, field.range, messages)
            }
        }
    }
}

extension FieldType {
    /// Whether it is written in brackets.
    fileprivate var isList: Bool {
        switch self {
        case .list: true
        case .optional(let wrapped): wrapped.isList
        case .integer, .number, .string, .boolean, .choice, .either, .component, .section: false
        }
    }
}
