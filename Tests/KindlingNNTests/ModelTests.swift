// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine
import KindlingNN
import Testing

/// Whole models, for the laws of the catalog.
let modelCases: [LayerCase] = [
    LayerCase(name: "LeNet", input: [2, 1, 28, 28]) { LeNet() },
    LayerCase(name: "MobileNetV2", input: [2, 3, 32, 32]) {
        MobileNetV2(numClasses: 4, widthMultiplier: 0.1, stemStride: 1)
    },
    LayerCase(name: "ResNet", input: [2, 3, 8, 8]) { ResNet(depth: 18, numClasses: 4, stem: .cifar, width: 4) },
    LayerCase(name: "UNet", input: [2, 1, 8, 8]) { UNet(depth: 2, baseChannels: 4) },
    LayerCase(name: "VGG", input: [1, 3, 32, 32]) { VGG(depth: 11, numClasses: 4, head: .cifar) },
    LayerCase(name: "ViT", input: [2, 3, 8, 8]) {
        ViT(ViTOptions(imageSize: 8, patchSize: 4, width: 8, depth: 2, heads: 2, numClasses: 4))
    },
]

/// A model and the number of parameters that is published for it.
private struct CountCase: Sendable, CustomTestStringConvertible {
    let name: String
    let count: Int
    let input: Shape
    let output: Shape
    let make: @Sendable () -> any Layer
    var testDescription: String { name }

    init(
        _ name: String, _ count: Int, _ input: Shape = [1, 3, 224, 224], _ output: Shape = [1, 1000],
        make: @escaping @Sendable () -> any Layer
    ) {
        self.name = name
        self.count = count
        self.input = input
        self.output = output
        self.make = make
    }
}

@Suite struct ModelTests {
    private static let counts: [CountCase] = [
        CountCase("LeNet-5", 61_706, [3, 1, 28, 28], [3, 10]) { LeNet() },
        CountCase("ResNet-18", 11_689_512) { ResNet(depth: 18) },
        CountCase("ResNet-18 CIFAR", 11_173_962, [2, 3, 32, 32], [2, 10]) {
            ResNet(depth: 18, numClasses: 10, stem: .cifar)
        },
        CountCase("ResNet-34", 21_797_672) { ResNet(depth: 34) },
        CountCase("ResNet-50", 25_557_032) { ResNet(depth: 50) },
        CountCase("ResNet-101", 44_549_160) { ResNet(depth: 101) },
        CountCase("ResNet-152", 60_192_808) { ResNet(depth: 152) },
        CountCase("VGG-11", 132_863_336) { VGG(depth: 11) },
        CountCase("VGG-13", 133_047_848) { VGG(depth: 13) },
        CountCase("VGG-16", 138_357_544) { VGG() },
        CountCase("VGG-16 BN", 138_365_992) { VGG(batchNorm: true) },
        CountCase("VGG-19", 143_667_240) { VGG(depth: 19) },
        CountCase("MobileNetV2", 3_504_872) { MobileNetV2() },
        CountCase("MobileNetV2 0.5", 1_968_680) { MobileNetV2(widthMultiplier: 0.5) },
        CountCase("MobileNetV2 1.4", 6_108_776) { MobileNetV2(widthMultiplier: 1.4) },
        CountCase("ViT-B/16", 86_567_656) { ViT.base() },
        CountCase("ViT-T/16", 5_717_416) { ViT.tiny() },
        CountCase("U-Net", 31_037_633, [1, 3, 64, 96], [1, 1, 64, 96]) { UNet(inChannels: 3, outChannels: 1) },
    ]

    @Test(arguments: counts) private func parametersAreAsManyAsPublished(_ row: CountCase) throws {
        let model = row.make()
        #expect(model.parameterCount == row.count)
        let output = try withTensorErrors { withDevice(.meta) { model(.zeros(row.input, on: .meta)) } }
        #expect(output.shape == row.output)
        #expect(model.parameters.allSatisfy { !$0.isInitialized })
    }

    @Test func recipesMakeModelsByTheirDefaults() throws {
        let counts = [
            "LeNet": 61_706, "ResNet": 11_689_512, "VGG": 138_357_544, "MobileNetV2": 3_504_872, "ViT": 5_717_416,
            "UNet": 31_036_546,
        ]
        for (type, count) in counts { #expect(try layerFromRecipe(type).get().parameterCount == count, "\(type)") }
        let small = try layerFromRecipe("ResNet", ["depth": "18", "num_classes": "10", "stem": "cifar"]).get()
        #expect(small.parameterCount == 11_173_962)
    }

    @Test func recipesWithImpossibleNumbersAreRefused() {
        let cases: [(String, KeyValuePairs<String, String>, String)] = [
            ("ResNet", ["depth": "20"], "ResNet: depth is 20, but must be 18, 34, 50, 101 or 152"),
            ("VGG", ["depth": "12"], "VGG: depth is 12, but must be 11, 13, 16 or 19"),
            ("ViT", ["patch_size": "15"], "ViT: patchSize is 15, but must divide imageSize, 224"),
            ("ViT", ["heads": "5"], "ViT: heads is 5, but must divide width, 192"),
            ("MobileNetV2", ["stem_stride": "3"], "MobileNetV2: stemStride is 3, but must be 1 or 2"),
            ("LeNet", ["image_size": "5"], "expected at least 12, found '5'"),
            ("UNet", ["depth": "40"], "UNet: depth is 40, but must be in 1 ... 10"),
        ]
        for (type, fields, message) in cases {
            switch layerFromRecipe(type, fields) {
            case .success: Issue.record("\(type) was made of \(fields)")
            case .failure(let found): #expect(found.message == message)
            }
        }
    }

    @Test func impossibleNumbersAreNamedByTheForwardPass() {
        let input = Tensor.zeros([1, 3, 32, 32])
        let cases: [(any Layer, String)] = [
            (ResNet(depth: 0), "depth is 0, but must be 18, 34, 50, 101 or 152"),
            (ResNet(numClasses: 0), "numClasses is 0, but must be in 1 ... 1048576"),
            (ResNet(inChannels: .max), "inChannels is \(Int.max), but must be in 1 ... 1048576"),
            (ResNet(width: -4), "width is -4, but must be in 1 ... 16384"),
            (VGG(depth: .min), "depth is \(Int.min), but must be 11, 13, 16 or 19"),
            (VGG(numClasses: .max), "numClasses is \(Int.max), but must be in 1 ... 1048576"),
            (VGG(dropout: 2), "dropout is 2.0, but must be in 0 ... 1"),
            (MobileNetV2(widthMultiplier: .nan), "widthMultiplier is nan, but must be above 0 and at most 64"),
            (MobileNetV2(widthMultiplier: .infinity), "widthMultiplier is inf, but must be above 0 and at most 64"),
            (MobileNetV2(stemStride: 0), "stemStride is 0, but must be 1 or 2"),
            (LeNet(imageSize: .min), "imageSize is \(Int.min), but must be in 12 ... 4096"),
            (UNet(depth: 0), "depth is 0, but must be in 1 ... 10"),
            (UNet(baseChannels: .max), "baseChannels is \(Int.max), but must be in 1 ... 16384"),
            (ViT.base(imageSize: 30, patchSize: 16), "patchSize is 16, but must divide imageSize, 30"),
            (ViT.tiny(patchSize: 0), "patchSize is 0, but must be in 1 ... 65536"),
            (ViT(ViTOptions(width: 10, heads: 4)), "heads is 4, but must divide width, 10"),
            (ViT(ViTOptions(width: .max)), "width is \(Int.max), but must be in 1 ... 1048576"),
            (ViT(ViTOptions(heads: 0)), "heads is 0, but must be in 1 ... 1048576"),
        ]
        for (model, what) in cases {
            let error = mistake { model(input) }
            #expect(error?.what == what)
            #expect(error?.code == .invalidValue && error?.operation == String(describing: type(of: model)))
        }
    }

    @Test func picturesThatDoNotFitAreRefused() {
        let cases: [(any Layer, Shape)] = [
            (LeNet(), [2, 1, 32, 32]), (LeNet(), [28, 28]), (ResNet(numClasses: 2, width: 2), [2, 1, 32, 32]),
            (ViT.tiny(imageSize: 32), [1, 3, 32, 16]), (ViT.tiny(imageSize: 32), [1, 1, 32, 32]),
            (UNet(depth: 3, baseChannels: 2), [1, 1, 12, 16]), (UNet(depth: 1, baseChannels: 2), [1, 16, 16]),
            (MobileNetV2(widthMultiplier: 0.1), [3, 32, 32]), (VGG(depth: 11, head: .cifar), [1, 2, 32, 32]),
        ]
        for (model, shape) in cases {
            let code = mistake { model(Tensor.zeros(shape)) }?.code
            #expect(code == .shapeMismatch, "\(type(of: model)) \(shape)")
        }
    }

    @Test func weightsBeginAsTorchvisions() throws {
        let net = ResNet(depth: 50, numClasses: 10, zeroInitResidual: true)
        net.initialize(seed: 1)
        func deviation(_ parameter: Parameter) throws -> Double {
            let all = try parameter.value.array(of: Double.self)
            return (all.reduce(0) { $0 + $1 * $1 } / Double(all.count)).squareRoot()
        }
        #expect(abs(try deviation(net.conv1.weight) * (64.0 * 49 / 2).squareRoot() - 1) < 0.03)
        let named = Dictionary(uniqueKeysWithValues: net.namedParameters.map { ($0.name, $0.parameter) })
        #expect(try deviation(#require(named["layer2.0.bn3.weight"])) == 0)
        #expect(try deviation(#require(named["layer2.0.bn2.weight"])) == 1)
        let middle = try deviation(#require(named["layer2.0.conv2.weight"]))
        #expect(abs(middle * (128.0 * 9 / 2).squareRoot() - 1) < 0.03)
        let vit = ViT.tiny(imageSize: 32)
        vit.initialize(seed: 1)
        #expect(try deviation(vit.head.weight) == 0 && deviation(vit.classToken) == 0)
        #expect(abs(try deviation(vit.positions) / 0.02 - 1) < 0.1)
        let layer = vit.encoder.layers[0]
        #expect(abs(try deviation(layer.attention.key.weight) * (2.0 * 192).squareRoot() - 1) < 0.03)
        #expect(abs(try deviation(layer.feedForward.input.weight) * (960.0 / 2).squareRoot() - 1) < 0.03)
        #expect(try layer.attention.key.bias.map(deviation) == 0)
    }

    @Test func emptyBatchesGiveEmptyResults() throws {
        for row in modelCases {
            var empty = row.input
            empty[0] = 0
            let output = try row.make().predict(.zeros(empty))
            #expect(output.shape[0] == 0, "\(row.name)")
        }
    }
}
