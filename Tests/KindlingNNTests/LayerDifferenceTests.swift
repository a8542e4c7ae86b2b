// SPDX-License-Identifier: Apache-2.0
import Glibc
import KindlingBackend
import KindlingDeclarations
import KindlingEngine
import KindlingNN
import Testing

/// The gradients of every layer of the catalog against central differences in float64.
@Suite struct LayerDifferenceTests {
    private static let layers = Set(Layers.all.map(\.type))
    private static let step = 1e-6

    /// Samples in a batch; each makes another shape.
    private static let batchSizes = [0, 1, 2, 3, 5]

    @Test(arguments: CatalogLawTests.cases.filter { layers.contains($0.name) }, batchSizes)
    func gradientsAreCentralDifferences(_ layerCase: LayerCase, batchSize: Int) throws {
        let layer = layerCase.make()
        var shape = layerCase.input
        shape[0] = batchSize
        // What encodes whole numbers has nothing that a gradient could reach.
        if layerCase.isOfWholeNumbers, layer.parameters.isEmpty { return }
        var stream = RandomStream(seed: 11)
        let drawn = Tensor.uniform(shape, low: -1, high: 1, from: &stream, dtype: .float64)
        let input = Parameter(layerCase.isOfWholeNumbers ? drawn.abs().converted(to: .int64) : drawn)
        let masks = stream
        func pass() throws -> Tensor {
            try withTensorErrors {
                let y = ForwardContext.run(layerCase.phase, random: masks) { layer(input.value) }
                // Weights that differ, so that gradients in each other's place are found.
                let weights = Tensor((0..<y.elementCount).map { sin(1.3 * Double($0) + 0.4) }, dtype: .float64)
                return (y.converted(to: .float64).flattened() * weights).sum()
            }
        }
        // Takes the sizes from the input, in the type that parameters begin with.
        _ = try withTensorErrors { layer(.ones(layerCase.input, dtype: layerCase.dtype)) }
        layer.initialize(seed: 3)
        for parameter in layer.parameters { parameter.value = parameter.value.converted(to: .float64) }

        try pass().backward()
        for (name, parameter) in [("input", input)] + layer.namedParameters where parameter.dtype == .float64 {
            // Nothing went in, so nothing comes back.
            if batchSize == 0 {
                #expect(try parameter.gradient?.array(of: Double.self).allSatisfy { $0 == 0 } ?? true, "\(name)")
                continue
            }
            let gradient = try #require(parameter.gradient, "\(name)").array(of: Double.self)
            let values = try parameter.value.array(of: Double.self)
            // A dozen elements of each show a wrong rule.
            for place in stride(from: 0, to: values.count, by: max(1, values.count / 12)) {
                func moved(_ distance: Double) throws -> Double {
                    var changed = values
                    changed[place] += distance
                    parameter.value = Tensor(changed, dtype: .float64).reshaped(to: parameter.shape)
                    return try noGrad { try pass().item() }
                }
                let difference = try (moved(Self.step) - moved(-Self.step)) / (2 * Self.step)
                let allowed = 1e-5 + 1e-3 * abs(difference)
                #expect(abs(gradient[place] - difference) <= allowed, "\(name)[\(place)]: \(difference)")
            }
            parameter.value = Tensor(values, dtype: .float64).reshaped(to: parameter.shape)
        }
    }
}
