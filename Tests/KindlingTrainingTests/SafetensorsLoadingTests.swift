// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import KindlingBackend
import KindlingEngine
import KindlingIO
import KindlingNN
import KindlingTraining
import Testing

/// A small network of torchvision's, as the safetensors library wrote it by `make_models.py weights`.
private let weights = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("KindlingNNTests/Fixtures/resnet_tiny.safetensors").path

private func network(numClasses: Int = 3) -> ResNet {
    ResNet(depth: 18, numClasses: numClasses, stem: .cifar, width: 2)
}

@Suite struct SafetensorsLoadingTests {
    private let pictures = Tensor((0..<1536).map { Float(sin(1.3 * Double($0))) }, shape: [2, 3, 16, 16])
    /// What PyTorch gives, printed by `make_models.py weights`.
    private let expected = [
        0.521726433418, 0.504183796866, -0.867307471324, 1.17075472427, 1.33718524313, -2.1337453196,
    ]

    @Test func torchvisionsWeightsGiveTorchvisionsNumbers() throws {
        let net = network()
        try net.load(safetensors: weights, renaming: ResNet.torchvisionNames)
        let found = try net.predict(pictures).array(of: Double.self)
        #expect(found.count == expected.count)
        for (value, wanted) in zip(found, expected) { #expect(abs(value - wanted) < 1e-4 * 2.2) }
    }

    @Test func savedWeightsLoadByTheirNamesHere() throws {
        let path = NSTemporaryDirectory() + "kindling-\(UUID().uuidString).safetensors"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let (net, other) = (network(), network())
        try net.load(safetensors: weights, renaming: ResNet.torchvisionNames)
        try net.save(safetensors: path, metadata: ["epoch": "3"])
        try other.load(safetensors: path)
        #expect(try other.predict(pictures).array(of: Float.self) == net.predict(pictures).array(of: Float.self))
        #expect(try SafetensorsFile(path: path).metadata == ["epoch": "3"])
    }

    /// The committed file also has how many batches were seen, which nothing here counts.
    @Test func filesForPyTorchHaveItsNames() throws {
        let path = NSTemporaryDirectory() + "kindling-\(UUID().uuidString).safetensors"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let net = network()
        try net.load(safetensors: weights, renaming: ResNet.torchvisionNames)
        try net.save(safetensors: path, renaming: ResNet.torchvisionNames.reversed)
        let (written, original) = (try SafetensorsFile(path: path), try SafetensorsFile(path: weights))
        let expected = original.descriptions.filter { !$0.name.hasSuffix("num_batches_tracked") }
        #expect(Set(written.descriptions) == Set(expected))
        for name in expected.map(\.name) {
            #expect(try written.tensor(name).array(of: Float.self) == original.tensor(name).array(), "\(name)")
        }
    }

    @Test func whatDiffersIsNamedAndNothingChanges() throws {
        let net = network(numClasses: 5)
        net.initialize(seed: 4)
        let before = try net.conv1.weight.value.array(of: Float.self)
        do {
            try net.load(safetensors: weights, renaming: ResNet.torchvisionNames)
            Issue.record("five classes were loaded from three")
        } catch let error as StateDictionaryError {
            #expect(error.misshaped.map(\.name) == ["fc.weight", "fc.bias"])
            #expect(error.missing.isEmpty && error.unexpected.isEmpty)
        }
        do {
            try net.load(safetensors: weights)
            Issue.record("names of PyTorch's were taken as they are")
        } catch let error as StateDictionaryError {
            #expect(error.missing.contains("bn1.runningMean") && error.unexpected.contains("bn1.running_mean"))
        }
        #expect(try net.conv1.weight.value.array(of: Float.self) == before)
    }

    @Test func anotherTasksNetworkIsABeginning() throws {
        let net = network(numClasses: 5)
        let renaming = ResNet.torchvisionNames.adding([.drop("fc")])
        let difference = try net.load(safetensors: weights, renaming: renaming, strict: false)
        #expect(difference.missing == ["fc.weight", "fc.bias"] && difference.unexpected.isEmpty)
        let whole = network()
        try whole.load(safetensors: weights, renaming: ResNet.torchvisionNames)
        #expect(
            try net.layer4.stateDictionary().map { try $0.value.array(of: Float.self) }
                == whole.layer4.stateDictionary().map { try $0.value.array(of: Float.self) })
    }

    @Test func missingFilesAreNamed() {
        do {
            try network().load(safetensors: "/nowhere/a.safetensors")
            Issue.record("a file was found")
        } catch let error as FileError {
            #expect(error.code == .missing && error.path == "/nowhere/a.safetensors")
        } catch { Issue.record("\(error)") }
    }
}
