// SPDX-License-Identifier: Apache-2.0
import Glibc
import KindlingBackend
import KindlingDeclarations
import KindlingEngine
import KindlingNN
import Testing

/// sin(1.3 i), which the fixtures' generator gives inputs and parameters too.
func sineRamp(_ shape: Shape, scale: Double = 1) -> Tensor {
    Tensor((0..<shape.elementCount).map { sin(1.3 * Double($0)) * scale }, shape: shape)
}

/// What PyTorch's layers gave, by `make_layer_gradients.py`: output, shape and gradients of each case.
struct GradientFixture: Sendable {
    let family: String
    private let entries: [String: [String: [Double]]]

    init(_ family: String) {
        self.family = family
        entries = fixtures(family)
    }

    var names: Set<String> { Set(entries.keys) }

    /// cos(0.7 i), by which outputs are weighted before they are summed.
    static func upstream(_ shape: Shape) -> Tensor {
        Tensor((0..<shape.elementCount).map { cos(0.7 * Double($0)) }, shape: shape)
    }

    /// Compares a tensor with an entry, element by element.
    func expect(_ tensor: Tensor?, _ name: String, _ key: String) throws {
        let expected = try #require(entries[name]?[key], "\(family).json has no \(key) of \(name)")
        let found = try #require(tensor, "\(name) has no \(key)").array(of: Double.self)
        #expect(found.count == expected.count, "\(name): \(key)")
        for (index, (value, wanted)) in zip(found, expected).enumerated()
        where !(abs(value - wanted) <= 1e-9 * max(1, abs(wanted))) {
            Issue.record("\(name): \(key)[\(index)] is \(value), not \(wanted)")
            return
        }
    }

    /// A list of sizes that an entry holds.
    func shape(_ name: String, _ key: String = "shape") throws -> Shape {
        Shape(try #require(entries[name]?[key], "\(family).json has no \(key) of \(name)").map { Int($0) })
    }

    func expectShape(_ shape: Shape, _ name: String) throws {
        #expect(try self.shape(name) == shape, "\(name)")
    }

    /// Compares a layer's output and the gradients of Σ cos(0.7 i) · output_i, parameters being sin(1.3 i).
    func expect(_ layerCase: GradientCase) throws {
        let layer = layerCase.make()
        let input = Parameter(sineRamp(layerCase.input, scale: layerCase.scale))
        try withTensorErrors {
            // A first pass, so that sizes that follow from the input are known.
            _ = noGrad { layer(input.value.converted(to: .float32)) }
            for parameter in layer.parameters { parameter.value = sineRamp(parameter.shape) }
            let output = layer(input.value)
            try (output * GradientFixture.upstream(output.shape)).sum().backward()
            try expectShape(output.shape, layerCase.name)
            try expect(output.detached(), layerCase.name, "output")
            try expect(input.gradient, layerCase.name, "input")
            for (name, parameter) in layer.namedParameters { try expect(parameter.gradient, layerCase.name, name) }
        }
    }
}

/// A layer, an input that it takes, and the name under which a fixture has the results.
struct GradientCase: Sendable, CustomStringConvertible {
    let name: String
    let input: Shape
    let scale: Double
    let make: @Sendable () -> any Layer

    init(_ name: String, _ input: Shape, scale: Double = 1, _ make: @escaping @Sendable () -> any Layer) {
        self.name = name
        self.input = input
        self.scale = scale
        self.make = make
    }

    var description: String { name }
    /// The component's name: the first word.
    var type: String { String(name.prefix { $0 != " " }) }
}

extension [GradientCase] {
    /// The first case of each component, for the laws of the whole catalog.
    var lawCases: [LayerCase] {
        var seen: Set<String> = []
        return filter { seen.insert($0.type).inserted }
            .map { LayerCase(name: $0.type, input: $0.input, make: $0.make) }
    }

    /// An empty batch gives an empty result of the same further sizes, in the layer's type.
    func expectEmptyBatches() throws {
        for row in self {
            for dtype in [DType.float32, .float64] {
                var empty = row.input
                empty[0] = 0
                let layer = row.make()
                let (found, expected) = try withTensorErrors {
                    for parameter in layer.parameters { parameter.value = .zeros(parameter.shape, dtype: dtype) }
                    return (
                        layer(.zeros(empty, dtype: dtype)), layer(.zeros(row.input, dtype: dtype))
                    )
                }
                #expect(found.dtype == dtype && expected.dtype == dtype, "\(row.name)")
                #expect(found.shape.dimensions.dropFirst() == expected.shape.dimensions.dropFirst(), "\(row.name)")
                #expect(found.shape[0] == 0, "\(row.name)")
            }
        }
    }
}

/// An input or arguments that a layer refuses.
struct RefusalCase: Sendable {
    let layer: String
    let input: Shape
    let dtype: DType
    let code: TensorError.Code
    let says: String
    let make: @Sendable () -> any Layer

    init(
        _ layer: String, _ input: Shape, dtype: DType = .float32, _ code: TensorError.Code, says: String,
        _ make: @escaping @Sendable () -> any Layer
    ) {
        self.layer = layer
        self.input = input
        self.dtype = dtype
        self.code = code
        self.says = says
        self.make = make
    }

    /// Compares the error's code, and looks for words in what it says.
    func expect() {
        do {
            let built = make()
            let result = try withTensorErrors { built(.zeros(input, dtype: dtype)) }
            Issue.record("\(layer) took \(input) and gave \(result.shape)")
        } catch let error as TensorError {
            #expect(error.code == code, "\(layer): \(error.what)")
            #expect("\(error.operation): \(error.what)".contains(says), "\(layer): \(error.operation): \(error.what)")
        } catch {
            Issue.record("\(layer): \(error)")
        }
    }
}

/// A component as a recipe writes it, or the first thing that is wrong with it.
func layerFromRecipe(_ type: String, _ fields: KeyValuePairs<String, String> = [:]) -> Result<any Layer, RecipeMistake>
{
    func scalar(_ text: String) -> DeclaredValue {
        guard text.hasPrefix("[") else { return DeclaredValue(.scalar(text, quoted: false), at: .builtIn) }
        let items = text.dropFirst().dropLast().split(separator: ",").map { scalar($0.trimmed) }
        return DeclaredValue(.sequence(items), at: .builtIn)
    }
    let entries = ([("type", type)] + fields.map { ($0.key, $0.value) }).map {
        DeclaredValue.Entry(key: $0.0, keyOrigin: .builtIn, value: scalar($0.1))
    }
    let reader = RecipeReader()
    if let layer = LayerKind.kind.make(from: DeclaredValue(.mapping(entries), at: .builtIn), reader) {
        return .success(layer)
    }
    return .failure(RecipeMistake(message: reader.problems.first?.message ?? "nothing was reported"))
}

struct RecipeMistake: Error, Hashable {
    let message: String
}

extension Substring {
    fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
