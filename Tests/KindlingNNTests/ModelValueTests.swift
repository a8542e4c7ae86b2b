// SPDX-License-Identifier: Apache-2.0
import Glibc
import KindlingBackend
import KindlingEngine
import KindlingNN
import Testing

/// A model and the name under which the fixture has PyTorch's.
struct ModelCase: Sendable, CustomTestStringConvertible {
    let name: String
    let renaming: StateRenaming
    var dtype = DType.float32
    let make: @Sendable () -> any Layer
    var testDescription: String { name }

    init(
        _ name: String, _ renaming: StateRenaming = .pytorchBatchNorm, _ dtype: DType = .float32,
        make: @escaping @Sendable () -> any Layer
    ) {
        self.name = name
        self.renaming = renaming
        self.dtype = dtype
        self.make = make
    }

    /// The model with PyTorch's weights.
    func loaded(_ fixture: ModelFixture) throws -> any Layer {
        let model = make()
        try model.load(stateDictionary: renaming.applied(to: fixture.stateDictionary))
        if dtype == .float64 { try model.widen() }
        return model
    }
}

/// Models with PyTorch's weights give PyTorch's numbers.
@Suite struct ModelValueTests {
    static let cases: [ModelCase] = [
        ModelCase("LeNet", .none, .float64) { LeNet() },
        ModelCase("LeNet relu", .none, .float64) { LeNet(activation: .relu) },
        ModelCase("ResNet18 cifar", ResNet.torchvisionNames) { ResNet(depth: 18, numClasses: 10, stem: .cifar) },
        ModelCase("ResNet34 narrow", ResNet.torchvisionNames, .float64) {
            ResNet(depth: 34, numClasses: 5, width: 8)
        },
        ModelCase("ResNet50 narrow", ResNet.torchvisionNames, .float64) {
            ResNet(depth: 50, numClasses: 5, width: 8)
        },
        ModelCase("VGG11 cifar", VGG.torchvisionNames) { VGG(depth: 11, numClasses: 10, head: .cifar) },
        ModelCase("VGG16 norm cifar", VGG.torchvisionNames) {
            VGG(depth: 16, batchNorm: true, numClasses: 10, head: .cifar)
        },
        ModelCase("MobileNetV2", MobileNetV2.torchvisionNames) { MobileNetV2(numClasses: 10) },
        ModelCase("ViT tiny", ViT.torchvisionNames) { ViT.tiny(imageSize: 32, patchSize: 8, numClasses: 10) },
        ModelCase("UNet", .pytorchBatchNorm, .float64) {
            UNet(inChannels: 3, outChannels: 2, depth: 3, baseChannels: 4)
        },
    ]

    static let trained: [ModelCase] = [
        ModelCase("LeNet", .none, .float64) { LeNet() },
        ModelCase("ResNet18 train", ResNet.torchvisionNames, .float64) {
            ResNet(depth: 18, numClasses: 3, stem: .cifar, width: 4)
        },
        ModelCase("ResNet50 train", ResNet.torchvisionNames, .float64) {
            ResNet(depth: 50, numClasses: 3, stem: .cifar, width: 2)
        },
        ModelCase("MobileNetV2 train", MobileNetV2.torchvisionNames, .float64) {
            MobileNetV2(numClasses: 3, widthMultiplier: 0.25, stemStride: 1, dropout: 0)
        },
        ModelCase("ViT", ViT.torchvisionNames, .float64) {
            ViT(ViTOptions(imageSize: 16, patchSize: 4, width: 24, depth: 3, heads: 4, hidden: 40, numClasses: 7))
        },
    ]

    @Test func everyFixtureIsCompared() {
        #expect(Set(ModelFixture.all.keys) == Set((ModelValueTests.cases + ModelValueTests.trained).map(\.name)))
    }

    @Test(arguments: trained) func namesAndValuesGoBackToPyTorch(_ modelCase: ModelCase) throws {
        let fixture = try #require(ModelFixture.all[modelCase.name])
        let model = modelCase.make()
        try model.load(stateDictionary: modelCase.renaming.applied(to: fixture.stateDictionary))
        let back = try modelCase.renaming.reversed.applied(to: model.stateDictionary())
        let wanted = fixture.stateDictionary.filter { !$0.name.hasSuffix("num_batches_tracked") }
        #expect(Set(back.map(\.name)) == Set(wanted.map(\.name)) && back.count == wanted.count)
        let values = Dictionary(uniqueKeysWithValues: back.map { ($0.name, $0.value) })
        for (name, value) in wanted {
            let found = try #require(values[name])
            #expect(try found.shape == value.shape && found.array(of: Float.self) == value.array(), "\(name)")
        }
    }

    @Test(arguments: cases) func outputsAreThoseOfPyTorch(_ modelCase: ModelCase) throws {
        let fixture = try #require(ModelFixture.all[modelCase.name])
        let model = try modelCase.loaded(fixture)
        let output = try model.predict(fixture.inputs.converted(to: modelCase.dtype))
        #expect(output.shape.dimensions == fixture.shape)
        let tolerance = modelCase.dtype == .float64 ? 1e-9 : 1e-4
        let scale = fixture.output.map(abs).max() ?? 0
        for (place, (found, wanted)) in zip(try output.array(of: Double.self), fixture.output).enumerated()
        where !(abs(found - wanted) <= tolerance * max(scale, abs(wanted))) {
            Issue.record("\(modelCase.name)[\(place)] is \(found), not \(wanted)")
            return
        }
    }

    @Test(arguments: trained) func aStepsGradientsAreThoseOfPyTorch(_ modelCase: ModelCase) throws {
        let fixture = try #require(ModelFixture.all[modelCase.name])
        let wanted = try #require(fixture.gradients)
        let model = try modelCase.loaded(fixture)
        let classes = (0..<fixture.shape[0]).map { Int64($0 % fixture.shape[1]) }
        let loss = try withTensorErrors {
            let loss = model.inTraining(step: 0) {
                CrossEntropy()(model(fixture.inputs.converted(to: .float64)), Tensor(classes))
            }
            try loss.backward()
            return try loss.item()
        }
        #expect(abs(loss - (fixture.loss ?? .nan)) < 1e-9)
        let gradients = Dictionary(uniqueKeysWithValues: model.namedParameters.map { ($0.name, $0.parameter.gradient) })
        var compared = 0
        for (name, shape) in zip(fixture.names, fixture.shapes) {
            guard let numbers = wanted[name] else { continue }
            // One matrix of PyTorch's may be several here, one below the other.
            let names = try modelCase.renaming.applied(to: [(name, .zeros(Shape(shape)))]).map(\.name)
            let parts = try names.map { try #require(gradients[$0] ?? nil, "\($0)") }
            let found = try digest(Tensor.concatenated(parts, along: 0).array(of: Double.self))
            for (value, expected) in zip(found, numbers)
            where !(abs(value - expected) <= 1e-8 * max(numbers[2], 1e-3)) {
                Issue.record("\(modelCase.name), \(name): \(found), not \(numbers)")
                return
            }
            compared += names.count
        }
        #expect(compared == model.parameters.count && wanted.count == fixture.gradients?.count)
    }
}

private func digest(_ gradient: [Double]) -> [Double] {
    var (cosines, sines, squares) = (0.0, 0.0, 0.0)
    for (index, value) in gradient.enumerated() {
        cosines += cos(0.7 * Double(index)) * value
        sines += sin(0.9 * Double(index)) * value
        squares += value * value
    }
    return [cosines, sines, squares.squareRoot(), gradient.first ?? .nan]
}
